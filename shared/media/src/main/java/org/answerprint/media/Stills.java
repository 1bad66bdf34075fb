package org.answerprint.media;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.RawFrame;
/** Still images. */
public final class Stills {
  private Stills() { }
  /** Decodes a PNG, JPEG or WebP in a child process to an upright RGB24 frame with pts 0. Closes the source. */
  public static RawFrame decode(ByteSource source) { throw new InternalFault("soon"); }
}
