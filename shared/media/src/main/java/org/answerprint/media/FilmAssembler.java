package org.answerprint.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.TimeBase;

/**
 * Joins segments to an MP4 film by packet copy, with its sound interleaved and its index in front. Presentation times
 * are the segments' own plus a shift, exactly; nothing is encoded but sound that MP4 cannot hold. Not thread-safe.
 */
public final class FilmAssembler implements AutoCloseable {

  private final Path file;
  private final SoundTracks sound;
  private final EncoderSettings settings;
  private final Optional<GenerativeMark> mark;
  private Optional<FilmMuxer> muxer = Optional.empty();
  private Optional<CodedHeader> header = Optional.empty();
  private long frames;
  private long firstPts;
  private long lastPts = Long.MIN_VALUE;
  private long endPts;
  private boolean finished;

  private FilmAssembler(Path file, EncoderSettings settings, FilmSound sound, Optional<GenerativeMark> mark) {
    this.file = file;
    this.settings = settings;
    this.mark = mark;
    this.sound = SoundTracks.open(sound);
  }

  /** Starts a film; replaces a file that is there. */
  public static FilmAssembler create(Path file, EncoderSettings settings, FilmSound sound) {
    return new FilmAssembler(file, settings, sound, Optional.empty());
  }

  /** The same, with what a film says of itself where a model has had its hand in it. */
  public static FilmAssembler create(Path file, EncoderSettings settings, FilmSound sound, Optional<GenerativeMark> mark) {
    return new FilmAssembler(file, settings, sound, mark);
  }

  /**
   * Ticks of the pictures' time base to add to all times of a film, so that the earliest of pictures and sound tracks starts
   * at 0: the distances between them are kept.
   */
  public static long startShift(MediaInfo info) {
    TimeBase base = info.video().timeBase();
    long earliest = info.video().startPts();
    for (AudioInfo audio : info.audio()) {
      double seconds = audio.timeBase().seconds(audio.startPts());
      earliest = Math.min(earliest, (long) Math.floor(seconds * base.den() / base.num() + 1e-6));
    }
    return -earliest;
  }

  /**
   * Appends a segment that starts behind the last picture so far.
   *
   * @param shift added to all its times, in the settings' time base
   * @throws InternalFault where it was encoded with other settings, overlaps the one before, or is damaged
   */
  public void append(Path segment, long shift) {
    try (SegmentReader reader = new SegmentReader(segment)) {
      start(reader.header(), segment);
      long before = lastPts;
      for (Optional<CodedPacket> next = reader.next(); next.isPresent(); next = reader.next()) {
        write(next.get(), next.get().pts() + shift, before, segment);
      }
    }
  }

  private void start(CodedHeader found, Path segment) {
    if (header.isEmpty()) {
      if (!found.timeBase().equals(settings.timeBase())) {
        throw new InternalFault(segment + " counts in " + found.timeBase() + ", not in " + settings.timeBase());
      }
      header = Optional.of(found);
      muxer = Optional.of(new FilmMuxer(file, found, sound.formats(), mark.map(m -> m.onto(sound.extras())).orElse(sound.extras()), sound.shift()));
    } else if (!header.get().joins(found)) {
      throw new InternalFault(segment + " was encoded with other settings than the segments before it");
    }
  }

  private void write(CodedPacket packet, long pts, long before, Path segment) {
    if (pts <= before) {
      throw new InternalFault(segment + " has a picture at " + pts + ", but the segment before ends at " + before);
    }
    FilmMuxer film = muxer.orElseThrow();
    double time = film.picture(packet, pts);
    sound.writeUntil(time, film);
    firstPts = frames == 0 ? pts : firstPts;
    lastPts = Math.max(lastPts, pts);
    endPts = Math.max(endPts, pts + packet.duration());
    frames++;
  }

  /** Completes the file, and reads back where its last picture is shown. */
  public FilmReport finish() {
    FilmMuxer film = muxer.orElseThrow(() -> new InternalFault("a film needs at least one segment"));
    sound.writeUntil(Double.MAX_VALUE, film);
    film.finish();
    film.close();
    muxer = Optional.empty();
    mark.ifPresent(m -> m.appendTo(file));
    finished = true;
    List<SoundReport> tracks = sound.reports();
    SoundReport main = tracks.isEmpty() ? new SoundReport("", "", false, 0, "") : tracks.getFirst();
    return new FilmReport(frames, firstPts, endPts, ReadBack.lastPts(file, settings.timeBase()) - lastPts,
        main.packets(), main.codec(), main.copied(), main.digest(), ReadBack.size(file),
        tracks.subList(Math.min(1, tracks.size()), tracks.size()));
  }

  /**
   * Releases everything but the film of a {@link FilmSound.Tracks}; without {@link #finish} deletes the partial file.
   */
  @Override
  public void close() {
    muxer.ifPresent(FilmMuxer::close);
    sound.close();
    if (!finished) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new TransientFault("the unfinished film " + file + " could not be deleted", e);
      }
    }
  }
}
