package org.answerprint.media;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.answerprint.faults.RequestFault;

/**
 * Encodes decoded sound to AAC as its packets are asked for; gaps become silence, overlaps are left out. No more is encoded than a packet
 * needs, since a gap of a few bytes may last for hours.
 */
final class AacFeed implements AudioReader {

  private static final int SILENT_SAMPLES = 1024;

  private final PcmReader pcm;
  private final int channels;
  private final AacEncoder encoder;
  private final Queue<AudioPacket> ready = new ArrayDeque<>();
  private final long mostSeconds;
  private final long last;
  private Optional<PcmChunk> chunk;
  private long position;
  private boolean finished;

  /** Sound whose times are our own. */
  AacFeed(PcmReader pcm, int sampleRate, int channels) {
    this(pcm, sampleRate, channels, Integer.MAX_VALUE);
  }

  /** Sound whose times span at most so many seconds, or it is refused. */
  AacFeed(PcmReader pcm, int sampleRate, int channels, long mostSeconds) {
    this.pcm = pcm;
    this.channels = channels;
    this.chunk = pcm.next();
    this.position = chunk.map(PcmChunk::position).orElse(0L);
    this.mostSeconds = mostSeconds;
    this.last = position + mostSeconds * sampleRate;
    this.encoder = new AacEncoder(sampleRate, channels, position, ready::add);
  }

  @Override
  public AudioFormat format() {
    return encoder.format();
  }

  @Override
  public Optional<AudioPacket> next() {
    while (ready.isEmpty() && !finished) {
      step();
    }
    return Optional.ofNullable(ready.poll());
  }

  private void step() {
    if (chunk.isEmpty()) {
      encoder.finish();
      finished = true;
    } else if (chunk.get().position() > position) {
      silence(chunk.get().position());
    } else {
      encode(chunk.get());
      chunk = pcm.next();
    }
  }

  private void encode(PcmChunk sound) {
    int samples = sound.samples().length / channels;
    int skipped = (int) Math.clamp(position - sound.position(), 0L, samples);
    encoder.put(sound.samples(), skipped * channels, samples * channels);
    position += samples - skipped;
  }

  /** One block of the silence until the next sound. */
  private void silence(long end) {
    if (end > last) {
      throw new RequestFault("a sound track's times span more than " + mostSeconds + " s; upload a shorter one");
    }
    int samples = (int) Math.min(SILENT_SAMPLES, end - position);
    encoder.put(new float[samples * channels], 0, samples * channels);
    position += samples;
  }

  @Override
  public void close() {
    encoder.close();
    pcm.close();
  }
}
