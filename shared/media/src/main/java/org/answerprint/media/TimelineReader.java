package org.answerprint.media;

import java.util.Optional;
import org.answerprint.media.AudioTimeline.Piece;

/** Plays an {@link AudioTimeline}: one film open at a time, each piece cut to the sample and faded at its joins. */
final class TimelineReader implements PcmReader {

  private static final int CHANNELS = 2;
  private static final int FADE = AudioTimeline.SAMPLE_RATE / 200;

  private final AudioTimeline timeline;
  private int index = -1;
  private long start;
  private Optional<VideoFile> film = Optional.empty();
  private Optional<PcmReader> pcm = Optional.empty();
  private boolean started;
  private boolean ended;

  TimelineReader(AudioTimeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public Optional<PcmChunk> next() {
    if (!started) {
      started = true;
      return Optional.of(new PcmChunk(0, new float[0]));
    }
    while (!ended) {
      Optional<PcmChunk> decoded = pcm.flatMap(PcmReader::next);
      if (decoded.isPresent() && decoded.get().position() < piece().from() + piece().length()) {
        PcmChunk cut = cut(decoded.get());
        if (cut.samples().length > 0) {
          return Optional.of(cut);
        }
      } else if (!advance()) {
        return Optional.of(new PcmChunk(start, new float[0]));
      }
    }
    return Optional.empty();
  }

  private Piece piece() {
    return timeline.pieces().get(index);
  }

  private boolean advance() {
    release();
    start += index < 0 ? 0 : piece().length();
    if (++index == timeline.pieces().size()) {
      ended = true;
      return false;
    }
    piece().film().ifPresent(supplier -> {
      VideoFile opened = supplier.get();
      film = Optional.of(opened);
      pcm = Optional.of(opened.pcm(piece().stream(), AudioTimeline.SAMPLE_RATE, CHANNELS));
    });
    return true;
  }

  private PcmChunk cut(PcmChunk decoded) {
    long offset = decoded.position() - piece().from();
    int count = decoded.samples().length / CHANNELS;
    int first = (int) Math.clamp(-offset, 0L, count);
    int last = (int) Math.clamp(piece().length() - offset, 0L, count);
    float[] samples = new float[Math.max(0, last - first) * CHANNELS];
    for (int i = first; i < last; i++) {
      float gain = gain(offset + i);
      for (int c = 0; c < CHANNELS; c++) {
        samples[(i - first) * CHANNELS + c] = gain * decoded.samples()[i * CHANNELS + c];
      }
    }
    return new PcmChunk(start + offset + first, samples);
  }

  private float gain(long at) {
    float in = index == 0 ? 1 : Math.min(1, (at + 0.5f) / FADE);
    float out = index == timeline.pieces().size() - 1 ? 1 : Math.min(1, (piece().length() - at - 0.5f) / FADE);
    return Math.min(in, out);
  }

  private void release() {
    pcm.ifPresent(PcmReader::close);
    film.ifPresent(VideoFile::close);
    pcm = Optional.empty();
    film = Optional.empty();
  }

  @Override
  public void close() {
    release();
  }
}
