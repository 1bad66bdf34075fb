package org.answerprint.media;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.answerprint.faults.InternalFault;

/** The sound of a film being written: where packets come from, how far they are, and their digest. */
final class SoundTrack implements AutoCloseable {

  private final AudioReader reader;
  private final boolean copied;
  private final long shift;
  private final MessageDigest digest = sha256();
  private Optional<AudioPacket> waiting;
  private long packets;

  private SoundTrack(AudioReader reader, boolean copied, long shift) {
    this.reader = reader;
    this.copied = copied;
    this.shift = shift;
    this.waiting = reader.next();
  }

  static Optional<SoundTrack> open(FilmSound sound) {
    return switch (sound) {
      case FilmSound.None none -> Optional.empty();
      case FilmSound.Track track -> Optional.of(open(track));
      case FilmSound.Pieces pieces -> Optional.of(new SoundTrack(
          new AacFeed(new TimelineReader(pieces.timeline()), AudioTimeline.SAMPLE_RATE, 2), false, 0));
    };
  }

  private static SoundTrack open(FilmSound.Track track) {
    AudioInfo info = track.film().info().audio().stream().filter(audio -> audio.stream() == track.stream()).findFirst()
        .orElseThrow(() -> new InternalFault("stream " + track.stream() + " is no sound track of the film"));
    if (info.copyable()) {
      return new SoundTrack(track.film().audio(info.stream()), true, track.shift());
    }
    int rate = AacEncoder.rateFor(info.sampleRate());
    int channels = AacEncoder.channelsFor(info.channels());
    return new SoundTrack(new AacFeed(track.film().pcm(info.stream(), rate, channels), rate, channels), false,
        track.shift());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new InternalFault("this Java has no SHA-256", e);
    }
  }

  AudioFormat format() {
    return reader.format();
  }

  /** Writes every packet that starts at or before a time of the film. */
  void writeUntil(double seconds, FilmMuxer muxer) {
    double offset = muxer.seconds(shift);
    while (waiting.isPresent() && format().timeBase().seconds(waiting.get().pts()) + offset <= seconds) {
      muxer.sound(waiting.get(), shift);
      digest.update(waiting.get().data());
      packets++;
      waiting = reader.next();
    }
  }

  long packets() {
    return packets;
  }

  boolean copied() {
    return copied;
  }

  /** Over all payloads written; to be asked once, at the end. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() {
    reader.close();
  }
}
