package org.answerprint.assemble;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectRef;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.fleet.LongFilms;
import org.answerprint.jobs.Assembly;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.jobs.Plan;
import org.answerprint.media.FilmAssembler;
import org.answerprint.media.FilmReport;
import org.answerprint.media.GenerativeMark;
import org.answerprint.methods.Methods;
import org.answerprint.methods.Monitor;
import org.answerprint.report.ContactSheet;
import org.answerprint.report.FinishedFilm;
import org.answerprint.report.Report;
import org.answerprint.report.ReportBuilder;
import org.answerprint.stage.FileDigest;
import org.answerprint.stage.LongStage;
import org.answerprint.stage.Scratch;
import org.answerprint.stage.Stage;
import org.answerprint.storage.ObjectStore;

/** Joins the parts of a job's film and ends the job. May run twice or again after a crash. Thread-safe. */
public final class AssembleService {

  private static final int PICTURE_BYTES = 16 << 20;
  private static final String VERSION = "0.1.0";
  private static final LongStage.Words WORDS =
      new LongStage.Words("its parts could not be joined", "joining its parts went wrong", EndState.FAILED);

  private final Stage stage;
  private final LongStage longStage;

  public AssembleService(Stage stage) {
    this.stage = stage;
    this.longStage = new LongStage(stage, LongFilms.Work.ASSEMBLE, WORDS);
  }

  /**
   * Assembles the job, or sees to it that a job elsewhere does where the film is long; nothing where it has ended, a part is missing, or
   * it is being assembled here already.
   *
   * @throws TransientFault also where another instance is assembling it
   */
  public void assemble(JobId id) {
    assemble(id, Monitor.NONE, true);
  }

  /**
   * The same, here, however long the film is.
   *
   * @param monitor is told of progress and may end the work
   * @throws TransientFault also where it has ended the work
   */
  public void assembleHere(JobId id, Monitor monitor) {
    assemble(id, monitor, false);
  }

  private void assemble(JobId id, Monitor monitor, boolean mayGoElsewhere) {
    longStage.once(id, () -> assembleAlone(id, monitor, mayGoElsewhere));
  }

  private void assembleAlone(JobId id, Monitor monitor, boolean mayGoElsewhere) {
    JobStore jobs = stage.jobs();
    Optional<Assembly> parts = jobs.isEnded(id) ? Optional.empty() : stage.conductor().assembly(id);
    if (parts.isEmpty()) {
      stage.conductor().reconcile(id);
      return;
    }
    Job job = jobs.existing(id);
    if (stage.store().head(jobs.buckets().out(), job.filmKey()).isPresent()) {
      finish(job);
      return;
    }
    if (mayGoElsewhere && longStage.goesElsewhere(id)) {
      return;
    }
    longStage.attempt(id, monitor, notes -> make(job, parts.get(), notes));
  }

  /**
   * Ends a job that the world's trouble has kept from going on for too long, with the last trouble as its reason; but not one that
   * another instance is at.
   */
  public void giveUp(JobId id, TransientFault last) {
    longStage.giveUp(id, last);
  }

  private void make(Job job, Assembly parts, Monitor notes) {
    long start = System.nanoTime();
    Plan plan = stage.jobs().plan(job.id()).orElseThrow(() -> new InternalFault("job " + job.id() + " has parts but no plan"));
    try (Scratch scratch = stage.scratch()) {
      Path file = scratch.file("film.mp4");
      FilmReport film = join(job, plan, parts, notes, scratch, file);
      double seconds = (System.nanoTime() - start) / 1e9;
      FinishedFilm finished = FinishedFilm.gather(stage.jobs(), job, plan, parts, film, FileDigest.sha256(file), seconds);
      publish(job, new ReportBuilder(VERSION, stage.clock()).report(finished), file, scratch);
    }
    finish(job);
  }

  private FilmReport join(Job job, Plan plan, Assembly parts, Monitor notes, Scratch scratch, Path file) {
    try (Sound sound = Sound.of(stage, job, plan);
        FilmAssembler film = FilmAssembler.create(file, job.accepted().encoder(), sound.sound(), mark(parts))) {
      long joined = 0;
      for (Assembly.AssembledShot shot : parts.shots()) {
        notes.progress(++joined, parts.shots().size());
        for (EditTask take : shot.takes()) {
          append(film, JobKeys.take(take.key()), sound.shift(), scratch);
        }
        shot.transition().ifPresent(t -> append(film, JobKeys.transition(t.key()), sound.shift(), scratch));
      }
      return film.finish();
    }
  }

  /** Says by which methods that generate the film was edited, if by any. */
  private static Optional<GenerativeMark> mark(Assembly parts) {
    String methods = parts.shots().stream().flatMap(shot -> shot.takes().stream()).map(EditTask::method).distinct().sorted()
        .filter(method -> Methods.byName(method).generates()).collect(Collectors.joining(", "));
    return methods.isEmpty() ? Optional.empty()
        : Optional.of(new GenerativeMark("Edited with generative AI (" + methods + ") by Answerprint"));
  }

  /** One segment at a time lies on the disk, and none in memory. */
  private void append(FilmAssembler film, String key, long shift, Scratch scratch) {
    Path segment = scratch.file("part.segment");
    if (!stage.store().download(stage.jobs().buckets().work(), key, segment)) {
      throw new InternalFault("the finished part " + key + " is gone from bucket " + stage.jobs().buckets().work());
    }
    film.append(segment, shift);
  }

  /** The film is written last: where it is, its report and contact sheet are. */
  private void publish(Job job, Report report, Path film, Scratch scratch) {
    ObjectStore store = stage.store();
    String out = stage.jobs().buckets().out();
    Path sheet = scratch.file("sheet.png");
    try (OutputStream png = new BufferedOutputStream(Files.newOutputStream(sheet))) {
      ContactSheet.of(report, shot -> picture(JobKeys.shotPicture(job.id(), shot)), take -> picture(JobKeys.takePicture(take))).write(png);
    } catch (IOException e) {
      throw new TransientFault("the contact sheet of job " + job.id() + " cannot be written: " + e.getMessage(), e);
    }
    store.putIfAbsent(out, job.contactSheetKey(), sheet, "image/png");
    store.putIfAbsent(out, job.reportKey(), report.json().getBytes(StandardCharsets.UTF_8), "application/json");
    store.putIfAbsent(out, job.filmKey(), film, "video/mp4");
  }

  private Optional<byte[]> picture(String key) {
    return stage.store().get(stage.jobs().buckets().work(), key, PICTURE_BYTES);
  }

  private void finish(Job job) {
    String out = stage.jobs().buckets().out();
    Latest.point(stage.store(), out, job);
    stage.ender().finish(job.id(), new ObjectRef(out, job.filmKey()));
  }
}
