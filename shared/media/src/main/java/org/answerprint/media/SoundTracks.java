package org.answerprint.media;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.InternalFault;

/** The sound of a film being written: where packets come from, how far they are, and their digests. */
final class SoundTracks implements AutoCloseable {

  private final TrackReader reader;
  private final List<AudioInfo> sources;
  private final FilmExtras extras;
  private final long shift;
  private final List<Track> tracks = new ArrayList<>();
  private Optional<TrackPacket> waiting;

  private SoundTracks(TrackReader reader, List<AudioInfo> sources, FilmExtras extras, long shift) {
    this.reader = reader;
    this.sources = List.copyOf(sources);
    this.extras = extras;
    this.shift = shift;
    for (AudioFormat format : reader.formats()) {
      tracks.add(new Track(format));
    }
    this.waiting = reader.next();
  }

  static SoundTracks open(FilmSound sound) {
    return switch (sound) {
      case FilmSound.None none -> new SoundTracks(new MergedTracks(List.of()), List.of(), FilmExtras.NONE, 0);
      case FilmSound.Tracks tracks -> new SoundTracks(
          tracks.streams().isEmpty() ? new MergedTracks(List.of()) : tracks.film().tracks(tracks.streams()),
          tracks.streams().stream().map(tracks.film().info()::track).toList(), tracks.film().info().extras(),
          tracks.shift());
      case FilmSound.Pieces pieces -> new SoundTracks(new MergedTracks(List.of(
          new AacFeed(new TimelineReader(pieces.timeline()), AudioTimeline.SAMPLE_RATE, 2))), List.of(),
          FilmExtras.NONE, 0);
    };
  }

  /** What a muxer has to know about each track. */
  List<MuxedSound> formats() {
    List<MuxedSound> formats = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      Optional<AudioInfo> source = source(i);
      formats.add(new MuxedSound(tracks.get(i).format, source.map(AudioInfo::language).orElse(""),
          source.map(AudioInfo::title).orElse(""), source.map(AudioInfo::roles).orElse(List.of("default"))));
    }
    return formats;
  }

  FilmExtras extras() {
    return extras;
  }

  /** In ticks of the new film. */
  long shift() {
    return shift;
  }

  private Optional<AudioInfo> source(int track) {
    return track < sources.size() ? Optional.of(sources.get(track)) : Optional.empty();
  }

  /** Writes every packet that starts at or before a time of the film. */
  void writeUntil(double seconds, FilmMuxer muxer) {
    double offset = muxer.seconds(shift);
    while (waiting.isPresent() && start(waiting.get()) + offset <= seconds) {
      TrackPacket next = waiting.get();
      muxer.sound(next.track(), next.packet(), shift);
      tracks.get(next.track()).count(next.packet());
      waiting = reader.next();
    }
  }

  private double start(TrackPacket next) {
    return tracks.get(next.track()).format.timeBase().seconds(next.packet().pts());
  }

  /** Every track, the one that players choose first; to be asked once, at the end. */
  List<SoundReport> reports() {
    List<SoundReport> reports = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      Track track = tracks.get(i);
      Optional<AudioInfo> source = source(i);
      SoundReport report = new SoundReport(track.format.codec(), source.map(AudioInfo::language).orElse(""),
          source.map(AudioInfo::copyable).orElse(false), track.packets,
          HexFormat.of().formatHex(track.digest.digest()));
      reports.add(source.map(AudioInfo::preferred).orElse(false) ? 0 : reports.size(), report);
    }
    return reports;
  }

  @Override
  public void close() {
    reader.close();
  }

  private static final class Track {
    private final AudioFormat format;
    private final MessageDigest digest = sha256();
    private long packets;

    Track(AudioFormat format) {
      this.format = format;
    }

    void count(AudioPacket packet) {
      digest.update(packet.data());
      packets++;
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new InternalFault("this Java has no SHA-256", e);
      }
    }
  }
}
