package org.answerprint.cli;

import java.util.List;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Retry;
import org.answerprint.storage.Buckets;

/**
 * What {@code job --json} prints.
 *
 * @param job its id
 * @param state running, cancelling, final, failed, cancelled or rejected
 * @param reason why there is no film
 * @param upload the object whose landing asked for it
 * @param version of that object
 * @param created when, in ISO 8601
 * @param ended when, in ISO 8601
 * @param retryOf the job that it repeats
 * @param stages in order
 * @param shots known so far
 * @param transitions between them, but for plain cuts
 * @param results where the film, its report and its contact sheet are, once it is final
 */
record JobSummary(
    String job, String state, Optional<String> reason, String upload, String version, String created, Optional<String> ended,
    Optional<String> retryOf, List<Stage> stages, List<Shot> shots, List<Transition> transitions, Optional<Files> results) {

  /** One stage: waiting, running or done, and how many of its parts. */
  record Stage(String stage, String state, long done, long total) {}

  /** One shot. */
  record Shot(
      int shot, double start, double seconds, int frames, String method, String state, long framesDone, int attempts,
      Optional<String> reason) {}

  /** One transition. */
  record Transition(int after, String type, int frames, String state, Optional<String> reason) {}

  /** Addresses of results. */
  record Files(String film, String report, String contactSheet) {}

  static JobSummary of(JobView view, Buckets buckets) {
    Optional<End> end = view.end();
    return new JobSummary(view.job().id().value(), view.state(), end.flatMap(End::reason),
        view.job().upload().ref().toString(), view.job().upload().version(), view.job().created().toString(),
        end.map(e -> e.at().toString()), view.job().retry().map(Retry::of).map(Object::toString), stages(view),
        view.shots().stream().map(s -> new Shot(s.number(), millis(s.start()), millis(s.seconds()), s.frames(), s.method(),
            s.state().word(), s.framesDone(), s.attempts(), s.reason())).toList(),
        view.joins().stream().map(j -> new Transition(j.after(), j.type(), j.frames(), j.state().word(), j.reason())).toList(),
        end.filter(e -> e.state() == EndState.FINAL).map(e -> files(view, buckets)));
  }

  private static List<Stage> stages(JobView view) {
    boolean accepted = view.job().order().isPresent();
    boolean made = view.end().filter(e -> e.state() == EndState.FINAL).isPresent();
    return List.of(
        stage("ingest", accepted ? 1 : 0, 1, true),
        stage("extract", view.planned() ? 1 : 0, 1, view.extracting()),
        new Stage("edit", word(view.planned() && view.shotsWhole() == view.shots().size(),
            view.shots().stream().anyMatch(s -> s.state() != TaskState.PLANNED)), view.shotsWhole(), view.shots().size()),
        new Stage("transition", word(view.planned() && view.joinsWhole() == view.joins().size(),
            view.joins().stream().anyMatch(j -> j.state() != TaskState.PLANNED)), view.joinsWhole(), view.joins().size()),
        stage("assemble", made ? 1 : 0, 1, view.assembling()));
  }

  private static Stage stage(String name, int done, int total, boolean begun) {
    return new Stage(name, word(done == total, begun), done, total);
  }

  private static String word(boolean done, boolean begun) {
    return done ? "done" : begun ? "running" : "waiting";
  }

  private static Files files(JobView view, Buckets buckets) {
    String out = "s3://" + buckets.out() + "/";
    return new Files(out + view.job().filmKey(), out + view.job().reportKey(), out + view.job().contactSheetKey());
  }

  private static double millis(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
