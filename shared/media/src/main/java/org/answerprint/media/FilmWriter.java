package org.answerprint.media;
import java.nio.file.Path;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.RawFrame;
/** Encodes frames and sound to an MP4 film (AAC). */
public final class FilmWriter implements FrameSink, AutoCloseable {
  private FilmWriter() { }
  /** Starts a film with sound of a rate and channel count (channels 0: none). */
  public static FilmWriter create(Path file, EncoderSettings settings, int sampleRate, int channels) { throw new InternalFault("soon"); }
  @Override public void put(RawFrame frame) { }
  /** Interleaved 16-bit samples following the ones before; give sound roughly in step with pictures. */
  public void sound(short[] interleaved) { }
  /** Completes the file. */
  public FilmReport finish() { throw new InternalFault("soon"); }
  @Override public void close() { }
}
