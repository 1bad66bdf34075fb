package org.answerprint.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.RawFrame;

/**
 * Encodes frames and sound to an MP4 film of H.264 and AAC. The same input gives the same bytes. Pictures and sound
 * are best given roughly in step, since what is ahead waits in memory. Not thread-safe.
 */
public final class FilmWriter implements FrameSink, AutoCloseable {

  private final Path file;
  private final PictureEncoder pictures;
  private final Optional<AacEncoder> sound;
  private final FilmMuxer muxer;
  private final EncoderSettings settings;
  private long frames;
  private long packets;
  private long firstPts;
  private long lastPts;
  private long endPts;
  private boolean finished;

  private FilmWriter(Path file, EncoderSettings settings, int sampleRate, int channels) {
    this.file = file;
    this.settings = settings;
    this.pictures = new PictureEncoder(settings, this::write);
    this.sound = channels == 0 ? Optional.empty() : Optional.of(new AacEncoder(sampleRate, channels, 0, this::write));
    this.muxer = new FilmMuxer(file, pictures.header(),
        sound.map(AacEncoder::format).map(MuxedSound::only).orElse(List.of()), FilmExtras.NONE, 0);
  }

  /**
   * Starts a film; replaces a file that is there.
   *
   * @param sampleRate of the sound, one that AAC has
   * @param channels of the sound, 0 for a film without
   */
  public static FilmWriter create(Path file, EncoderSettings settings, int sampleRate, int channels) {
    return new FilmWriter(file, settings, sampleRate, channels);
  }

  /** Encodes one frame of the settings' size and any pixel format; pts strictly increasing, from 0 up. */
  @Override
  public void put(RawFrame frame) {
    pictures.put(frame);
    firstPts = frames == 0 ? frame.pts() : firstPts;
    lastPts = frame.pts();
    endPts = frame.pts() + frame.duration();
    frames++;
  }

  /** Encodes interleaved 16-bit samples that follow the ones before; the first is heard at time 0. */
  public void sound(short[] interleaved) {
    float[] samples = new float[interleaved.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = interleaved[i] / 32768f;
    }
    sound.orElseThrow(() -> new IllegalStateException("this film has no sound")).put(samples, 0, samples.length);
  }

  /** Completes the file. */
  public FilmReport finish() {
    pictures.finish();
    sound.ifPresent(AacEncoder::finish);
    muxer.finish();
    muxer.close();
    finished = true;
    return new FilmReport(frames, firstPts, endPts, ReadBack.lastPts(file, settings.timeBase()) - lastPts, packets,
        sound.isPresent() ? "aac" : "", false, "", ReadBack.size(file));
  }

  private void write(CodedPacket packet) {
    muxer.picture(packet, packet.pts());
  }

  private void write(AudioPacket packet) {
    muxer.sound(0, packet, 0);
    packets++;
  }

  /** Releases the encoders; without {@link #finish} deletes the partial file. */
  @Override
  public void close() {
    pictures.close();
    sound.ifPresent(AacEncoder::close);
    if (!finished) {
      muxer.close();
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new TransientFault("the unfinished film " + file + " could not be deleted", e);
      }
    }
  }
}
