package org.answerprint.media.sandbox;
import org.answerprint.frames.FrameSpec;
import org.answerprint.faults.InternalFault;
import org.answerprint.media.*;
/** Reads a film in a child process; same contract as VideoReader. */
public final class SandboxedVideo implements VideoFile {
  private SandboxedVideo() { }
  /** Opens; owns the source from here on. */
  public static SandboxedVideo open(ByteSource source, Limits limits) { return open(source, limits, SandboxSettings.STANDARD); }
  public static SandboxedVideo open(ByteSource source, Limits limits, SandboxSettings settings) { throw new InternalFault("soon"); }
  @Override public MediaInfo info() { throw new InternalFault("soon"); }
  @Override public ReadReport scan(long from, long to, FrameSpec spec, FrameVisitor visitor) { throw new InternalFault("soon"); }
  @Override public AudioReader audio(int stream) { throw new InternalFault("soon"); }
  @Override public PcmReader pcm(int stream, int sampleRate, int channels) { throw new InternalFault("soon"); }
  @Override public void close() { }
}
