package org.answerprint.extract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.fleet.LongFilms;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.jobs.JoinSpec;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.Plan;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.ShotIndex;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.jobs.TaskPlanner;
import org.answerprint.media.VideoFile;
import org.answerprint.methods.Monitor;
import org.answerprint.shots.Cut;
import org.answerprint.shots.ShotDetector;
import org.answerprint.shots.ShotOptions;
import org.answerprint.stage.LongStage;
import org.answerprint.stage.Stage;

/** Finds the shots of a job's sources and writes the plan. May run twice or again after a crash: it writes the same. Thread-safe. */
public final class ExtractService {

  private static final LongStage.Words WORDS =
      new LongStage.Words("its shots could not be found", "finding its shots went wrong", EndState.REJECTED);

  private final Stage stage;
  private final LongStage longStage;

  public ExtractService(Stage stage) {
    this.stage = stage;
    this.longStage = new LongStage(stage, LongFilms.Work.EXTRACT, WORDS);
  }

  /**
   * Extracts the job's shots, or sees to it that a job elsewhere does where the film is long; nothing where it has a plan already, has
   * ended, or is being extracted here already.
   *
   * @throws TransientFault also where another instance is extracting it
   */
  public void extract(JobId id) {
    extract(id, Monitor.NONE, true);
  }

  /**
   * The same, here, however long the film is.
   *
   * @param monitor is told of progress and may end the work
   * @throws TransientFault also where it has ended the work
   */
  public void extractHere(JobId id, Monitor monitor) {
    extract(id, monitor, false);
  }

  private void extract(JobId id, Monitor monitor, boolean mayGoElsewhere) {
    longStage.once(id, () -> extractAlone(id, monitor, mayGoElsewhere));
  }

  private void extractAlone(JobId id, Monitor monitor, boolean mayGoElsewhere) {
    JobStore jobs = stage.jobs();
    if (jobs.isEnded(id) || jobs.isCancelled(id)) {
      return;
    }
    if (jobs.exists(JobKeys.plan(id))) {
      stage.outbox().send(new Fact.FilmPlanned(id));
      return;
    }
    if (mayGoElsewhere && longStage.goesElsewhere(id)) {
      return;
    }
    longStage.attempt(id, monitor, notes -> new Pass(jobs.existing(id), notes).run());
  }

  /**
   * Ends a job that the world's trouble has kept from going on for too long, with the last trouble as its reason; but not one that
   * another instance is at.
   */
  public void giveUp(JobId id, TransientFault last) {
    longStage.giveUp(id, last);
  }

  /** One pass over the sources of one job. */
  private final class Pass {

    private final Job job;
    private final Order order;
    private final TaskPlanner planner;
    private final List<PlannedShot> shots = new ArrayList<>();
    private final long started = System.nanoTime();
    private Optional<Found> held = Optional.empty();
    private JoinSpec before = JoinSpec.CUT;
    private final Monitor notes;
    private long scanned;
    private long firstFrame;
    private long filmStart = Long.MIN_VALUE;

    private record Found(TaskPlanner.Found shot, long[] keyPts) {}

    Pass(Job job, Monitor notes) {
      this.job = job;
      this.order = job.accepted();
      this.planner = new TaskPlanner(job);
      this.notes = notes;
    }

    void run() {
      long end = 0;
      for (int source = 0; source < order.sources().size(); source++) {
        end = order.sources().get(source).still() ? still(source, end) : film(source, end);
      }
      if (shots.isEmpty()) {
        throw new RequestFault("no frame of " + job.upload().key() + " can be decoded; check the file");
      }
      stage.jobs().write(JobKeys.plan(job.id()), plan());
      stage.outbox().send(new Fact.FilmPlanned(job.id()));
    }

    private Plan plan() {
      return new Plan(shots, firstFrame, order.estimator().of(order, shots), (System.nanoTime() - started) / 1e9);
    }

    /** One film; returns where it ends in the edited film. */
    private long film(int index, long filmEnd) {
      SourceFilm source = order.sources().get(index);
      TimeBase time = source.info().video().timeBase();
      long[] end = {filmEnd};
      Map<Integer, Long> pictures = new LinkedHashMap<>();
      try (VideoFile film = stage.films().open(source)) {
        FilmClock[] clock = new FilmClock[1];
        ShotCollector collector = new ShotCollector(shot -> {
          int number = found(index, shot.shot().cut(), shot.pts(), shot.keyPts(), shot.endPts(), clock[0]);
          pictures.put(number, shot.pts()[ShotIndex.pictureFrame(shot.pts(), shot.keyPts())]);
          end[0] = clock[0].at(shot.endPts());
        });
        ShotDetector detector = new ShotDetector(time, ShotOptions.defaults(), collector);
        long[] until = {Long.MAX_VALUE};
        AheadScan scan = new AheadScan(() -> stage.films().open(source), ShotDetector.SPEC, shots::isEmpty);
        scan.run(film, lastTick(source, time), (frame, key) -> {
          if (clock[0] == null) {
            clock[0] = clock(time, frame.pts(), filmEnd);
            until[0] = source.length().map(l -> frame.pts() + time.ticks(l.toNanos())).orElse(Long.MAX_VALUE);
          }
          notes.progress(++scanned, 0);
          if (frame.pts() < until[0]) {
            collector.frame(frame, key);
            detector.put(frame);
          }
        });
        detector.finish();
        collector.finish();
        writeLast(index);
        pictures.forEach((number, pts) -> keepPicture(film, number, pts));
      }
      return end[0];
    }

    /** With the film's own decoder, after it has seen all: another would hold as much memory again all the while. */
    private void keepPicture(VideoFile film, int shot, long pts) {
      notes.progress(scanned, 0);
      String key = JobKeys.shotPicture(job.id(), shot);
      if (!stage.jobs().exists(key)) {
        ShotPictures.at(film, pts).ifPresent(jpeg -> stage.store().putIfAbsent(stage.jobs().buckets().work(), key, jpeg, "image/jpeg"));
      }
    }

    /** A bound that spares decoding what a story does not use; the exact end is found with the first frame. */
    private static long lastTick(SourceFilm source, TimeBase time) {
      return source.length().map(l -> source.info().video().startPts() + time.ticks(l.toNanos()) + 10L * time.den() / time.num())
          .orElse(Long.MAX_VALUE);
    }

    /** A single source keeps its times; a story's film starts at 0 and goes on where the last source ended. */
    private FilmClock clock(TimeBase time, long firstPts, long filmEnd) {
      return order.recipe().isStory()
          ? new FilmClock(time, order.timeBase(), firstPts, filmEnd)
          : new FilmClock(time, order.timeBase(), 0, 0);
    }

    /** A picture shown for its length, at the film's rate. */
    private long still(int index, long filmEnd) {
      SourceFilm source = order.sources().get(index);
      int rateNum = order.encoder().rateNum();
      int rateDen = order.encoder().rateDen();
      TimeBase frames = new TimeBase(rateDen, rateNum);
      int count = (int) Math.max(1, frames.ticks(source.length().orElseThrow().toNanos()));
      long[] pts = new long[count];
      java.util.Arrays.setAll(pts, i -> i);
      FilmClock clock = new FilmClock(frames, order.timeBase(), 0, filmEnd);
      int number = found(index, Cut.HARD, pts, new long[0], count, clock);
      writeLast(index);
      try (VideoFile picture = stage.films().open(source)) {
        keepPicture(picture, number, source.info().video().startPts());
      }
      return clock.at(count);
    }

    /** Writes the shot before, and holds this one until it is known whether it is the last; returns its number. */
    private int found(int source, Cut cut, long[] pts, long[] keyPts, long endPts, FilmClock clock) {
      held.ifPresent(last -> write(last, false));
      long[] times = new long[pts.length];
      java.util.Arrays.setAll(times, i -> clock.at(pts[i]));
      filmStart = filmStart == Long.MIN_VALUE ? times[0] : filmStart;
      int number = shots.size() + 1;
      Cut begins = number == 1 ? Cut.START : cut == Cut.START ? Cut.HARD : cut;
      held = Optional.of(new Found(
          new TaskPlanner.Found(number, source, begins, firstFrame, pts, times, clock.at(endPts), filmStart, false), keyPts));
      firstFrame += pts.length;
      return number;
    }

    /** Behind the last source there is no shot that would have to be known first. */
    private void writeLast(int source) {
      if (source == order.sources().size() - 1) {
        held.ifPresent(last -> write(last, true));
      }
    }

    private void write(Found found, boolean last) {
      TaskPlanner.Found s = found.shot();
      TaskPlanner.Found shot = new TaskPlanner.Found(
          s.number(), s.source(), s.cut(), s.firstFrame(), s.pts(), s.times(), s.end(), s.filmStart(), last);
      PlannedShot planned = planner.plan(shot, before, found.keyPts());
      before = planned.join();
      shots.add(planned);
      held = Optional.empty();
      stage.jobs().write(JobKeys.shotIndex(job.id(), shot.number()), new ShotIndex(planned, shot.pts(), shot.times(), found.keyPts()));
      stage.outbox().send(new Fact.ShotFound(job.id(), shot.number()));
    }
  }
}
