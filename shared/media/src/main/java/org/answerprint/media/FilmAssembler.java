package org.answerprint.media;
import java.nio.file.Path;
import org.answerprint.faults.InternalFault;
/** Joins segments to an MP4 file by packet copy. */
public final class FilmAssembler implements AutoCloseable {
  private FilmAssembler() { }
  /** Starts a film. */
  public static FilmAssembler create(Path file, EncoderSettings settings, FilmSound sound) { throw new InternalFault("soon"); }
  /** Ticks to add to all times so that the earliest of picture and sound starts at 0 (0 where it does already). */
  public static long startShift(MediaInfo info) { throw new InternalFault("soon"); }
  /** Adds a segment; its packets' times are shifted by {@code shift} ticks. The file may be deleted afterwards. */
  public void append(Path segment, long shift) { }
  /** Completes the file and reads it back. */
  public FilmReport finish() { throw new InternalFault("soon"); }
  /** Without finish: deletes the partial file. */
  @Override public void close() { }
}
