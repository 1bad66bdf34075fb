package org.answerprint.media;
import java.nio.file.Path;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
/** One-in one-out filters. */
public final class FilterGraph implements AutoCloseable {
  private FilterGraph() { }
  /** A .cube look-up table over frames of a size, format and colour; same format comes out. */
  public static FilterGraph lookUpTable(Path cube, PixelFormat format, int width, int height, Colour colour) { throw new InternalFault("soon"); }
  /** Any FFmpeg filter chain that gives one frame for each. */
  public static FilterGraph of(String filters, FrameSpec in, Colour colour, FrameSpec out) { throw new InternalFault("soon"); }
  /** The filtered frame, same pts and duration. */
  public RawFrame apply(RawFrame frame) { throw new InternalFault("soon"); }
  @Override public void close() { }
}
