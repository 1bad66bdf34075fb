package org.answerprint.media;

import java.util.concurrent.atomic.AtomicReference;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.media.sandbox.SandboxedVideo;

/** Still images. */
public final class Stills {

  private Stills() {
  }

  /**
   * Decodes a PNG, JPEG or WebP in a child process. Closes the source.
   *
   * @return an upright RGB24 frame at pts 0
   * @throws org.answerprint.faults.RequestFault where it is no image
   */
  public static RawFrame decode(ByteSource source) {
    AtomicReference<RawFrame> first = new AtomicReference<>();
    try (SandboxedVideo still = SandboxedVideo.open(source, Limits.STANDARD.withImages(true))) {
      long start = still.info().video().startPts();
      still.read(start, start + 1, FrameSpec.sourceSize(PixelFormat.RGB24), frame -> first.set(frame.at(0, 0)));
    }
    return first.get();
  }
}
