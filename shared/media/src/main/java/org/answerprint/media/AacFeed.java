package org.answerprint.media;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** Encodes decoded sound to AAC as its packets are asked for; gaps become silence, overlaps are left out. */
final class AacFeed implements AudioReader {

  private final PcmReader pcm;
  private final int channels;
  private final AacEncoder encoder;
  private final Queue<AudioPacket> ready = new ArrayDeque<>();
  private Optional<PcmChunk> chunk;
  private long position;
  private boolean finished;

  AacFeed(PcmReader pcm, int sampleRate, int channels) {
    this.pcm = pcm;
    this.channels = channels;
    this.chunk = pcm.next();
    this.position = chunk.map(PcmChunk::position).orElse(0L);
    this.encoder = new AacEncoder(sampleRate, channels, position, ready::add);
  }

  @Override
  public AudioFormat format() {
    return encoder.format();
  }

  @Override
  public Optional<AudioPacket> next() {
    while (ready.isEmpty() && !finished) {
      if (chunk.isPresent()) {
        encode(chunk.get());
        chunk = pcm.next();
      } else {
        encoder.finish();
        finished = true;
      }
    }
    return Optional.ofNullable(ready.poll());
  }

  private void encode(PcmChunk sound) {
    silence(sound.position() - position);
    int samples = sound.samples().length / channels;
    int skipped = (int) Math.clamp(position - sound.position(), 0L, samples);
    encoder.put(sound.samples(), skipped * channels, samples * channels);
    position += samples - skipped;
  }

  private void silence(long samples) {
    float[] none = new float[1024 * channels];
    for (long left = samples; left > 0; left -= 1024) {
      encoder.put(none, 0, (int) Math.min(1024, left) * channels);
    }
    position += Math.max(0, samples);
  }

  @Override
  public void close() {
    encoder.close();
    pcm.close();
  }
}
