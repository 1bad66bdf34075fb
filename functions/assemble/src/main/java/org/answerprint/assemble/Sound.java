package org.answerprint.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.Plan;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.AudioInfo;
import org.answerprint.media.AudioTimeline;
import org.answerprint.media.FilmAssembler;
import org.answerprint.media.FilmSound;
import org.answerprint.media.VideoFile;
import org.answerprint.stage.Stage;

/** The sound of a film: its source's own packets, or the pieces of a story end to end. Closes what it opened. */
final class Sound implements AutoCloseable {

  private final FilmSound sound;
  private final long shift;
  private final Optional<VideoFile> opened;

  private Sound(FilmSound sound, long shift, Optional<VideoFile> opened) {
    this.sound = sound;
    this.shift = shift;
    this.opened = opened;
  }

  static Sound of(Stage stage, Job job, Plan plan) {
    return job.accepted().recipe().isStory() ? story(stage, job, plan) : film(stage, job.accepted());
  }

  FilmSound sound() {
    return sound;
  }

  /** Ticks to be added to every time of the pictures too. */
  long shift() {
    return shift;
  }

  private static Sound film(Stage stage, Order order) {
    SourceFilm source = order.sources().getFirst();
    long shift = FilmAssembler.startShift(source.info()) * source.info().video().timeBase().num();
    VideoFile film = stage.films().open(source);
    return new Sound(FilmSound.Tracks.all(film, shift), shift, Optional.of(film));
  }

  private static Sound story(Stage stage, Job job, Plan plan) {
    Order order = job.accepted();
    List<AudioTimeline.Piece> pieces = new ArrayList<>();
    for (int source = 0; source < order.sources().size(); source++) {
      piece(stage, job, plan, source).ifPresent(pieces::add);
    }
    boolean silent = pieces.stream().allMatch(piece -> piece.film().isEmpty());
    return new Sound(silent ? new FilmSound.None() : new FilmSound.Pieces(new AudioTimeline(pieces)), 0, Optional.empty());
  }

  private static Optional<AudioTimeline.Piece> piece(Stage stage, Job job, Plan plan, int number) {
    List<PlannedShot> shots = plan.shots().stream().filter(shot -> shot.source() == number).toList();
    if (shots.isEmpty()) {
      return Optional.empty();
    }
    SourceFilm source = job.accepted().sources().get(number);
    TimeBase time = job.accepted().timeBase();
    long length = AudioTimeline.sample(shots.getLast().end(), time) - AudioTimeline.sample(shots.getFirst().start(), time);
    Optional<AudioInfo> track = source.still() ? Optional.empty() : source.info().defaultAudio();
    return Optional.of(track.map(audio -> AudioTimeline.Piece.sound(() -> stage.films().open(source), audio.stream(),
        AudioTimeline.sample(firstPts(stage, job, shots.getFirst()), source.info().video().timeBase()), length))
        .orElseGet(() -> AudioTimeline.Piece.silence(length)));
  }

  private static long firstPts(Stage stage, Job job, PlannedShot shot) {
    return stage.jobs().shotIndex(job.id(), shot.number()).map(index -> index.pts()[0]).orElseThrow(
        () -> new InternalFault("job " + job.id() + " has no shot " + shot.number()));
  }

  @Override
  public void close() {
    opened.ifPresent(VideoFile::close);
  }
}
