package org.answerprint.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.media.AudioInfo;
import org.answerprint.media.FilmReport;
import org.answerprint.recipe.Transition;
import org.answerprint.report.ReportedShot.Take;

/** What a person should know about a finished film, one sentence each: shots first, then joins, sound and the whole. */
final class Warnings {

  private final FinishedFilm made;
  private final Order order;
  private final List<ReportedShot> shots;
  private final List<ReportedTransition> transitions;
  private final List<String> sentences = new ArrayList<>();

  Warnings(FinishedFilm made, List<ReportedShot> shots, List<ReportedTransition> transitions) {
    this.made = made;
    this.order = made.job().accepted();
    this.shots = shots;
    this.transitions = transitions;
  }

  List<String> sentences() {
    shots.forEach(this::fallenBack);
    shots.forEach(this::damaged);
    transitions.forEach(this::replaced);
    made.plan().shots().stream().limit(Math.max(0, made.plan().shots().size() - 1)).forEach(this::shortened);
    unknownFacts();
    unusedEntries();
    sound();
    leftOut();
    frames();
    drift();
    return List.copyOf(sentences);
  }

  private void fallenBack(ReportedShot shot) {
    shot.fallback().ifPresent(why -> say("Shot %d is shown as it is in the source, because %s failed after %s: %s.",
        shot.number(), why.asked(), count(why.attempts(), "attempt"), unstopped(why.reason())));
  }

  private void damaged(ReportedShot shot) {
    long errors = sum(shot, facts -> facts.health().errors());
    long corrupt = sum(shot, facts -> facts.health().corruptFrames());
    long repaired = sum(shot, facts -> facts.health().repairedTimes());
    if (errors + corrupt > 0) {
      say("The source is damaged in shot %d: %s could not be decoded and %s came out marked as damaged.",
          shot.number(), count(errors, "packet"), count(corrupt, "frame"));
    }
    if (repaired > 0) {
      say("The times of %s in shot %d were missing or out of order in the source and were put right.",
          count(repaired, "frame"), shot.number());
    }
  }

  private interface Counted {
    long of(TaskFacts facts);
  }

  private static long sum(ReportedShot shot, Counted counted) {
    return shot.takes().stream().flatMap(take -> take.made().stream()).mapToLong(counted::of).sum();
  }

  private void replaced(ReportedTransition transition) {
    transition.fallback().ifPresent(why -> say("The %s after shot %d failed after %s and a %s stands in for it: %s.", why.asked(),
        transition.leftShot(), count(why.attempts(), "attempt"), transition.type(), unstopped(why.reason())));
  }

  private void shortened(PlannedShot left) {
    long filmStart = made.plan().shots().getFirst().start();
    Transition asked = order.recipeFor(left.source(), left.number(), left.start() - filmStart).transition();
    int frames = transitions.stream().filter(t -> t.leftShot() == left.number()).mapToInt(t -> t.leftFrames() + t.rightFrames()).sum();
    if (!asked.isCut() && frames < asked.frames()) {
      say("The %s after shot %d has %s instead of %d, because a shot beside it is too short.", asked.type(), left.number(),
          count(frames, "frame"), asked.frames());
    }
  }

  private void unknownFacts() {
    long unknown = Stream.concat(shots.stream().flatMap(shot -> shot.takes().stream()).map(Take::made),
        transitions.stream().map(ReportedTransition::made)).filter(Optional::isEmpty).count();
    if (unknown > 0) {
      say("The facts of %s are not known, so that their digests are missing here.", count(unknown, "segment"));
    }
  }

  private void unusedEntries() {
    for (var entry : order.recipe().shots()) {
      if (shots.stream().noneMatch(shot -> entry.match().matches(shot.number(), start(shot)))) {
        say("The recipe's entry for %s changed nothing, because no shot of the film matches it.", entry.match().text());
      }
    }
  }

  private Duration start(ReportedShot shot) {
    return order.timeBase().duration(shot.startTick() - shots.getFirst().startTick());
  }

  private void sound() {
    List<AudioInfo> tracks = order.sources().getFirst().info().audio();
    if (order.sources().size() > 1 || tracks.isEmpty()) {
      return;
    }
    FilmReport film = made.film();
    int kept = film.audioCodec().isEmpty() ? 0 : 1 + film.otherSound().size();
    if (kept == 0) {
      say("The source has sound, but the film has none.");
    } else if (kept < tracks.size()) {
      say("The source has %d sound tracks, and the film has %d of them.", tracks.size(), kept);
    }
    if (kept > 0 && !film.audioCopied()) {
      String original = order.sources().getFirst().info().defaultAudio().map(AudioInfo::codec).orElse(tracks.getFirst().codec());
      say("The sound was encoded to %s, because an MP4 file cannot hold %s.", film.audioCodec(), original);
    }
    long encoded = film.otherSound().stream().filter(track -> !track.copied()).count();
    if (encoded > 0) {
      say("Of the other sound tracks %d %s encoded to aac, because an MP4 file cannot hold them.", encoded, encoded == 1 ? "was" : "were");
    }
  }

  private void leftOut() {
    if (order.sources().size() == 1) {
      order.sources().getFirst().info().extras().leftOut().forEach(stream -> say("The film leaves out the source's %s.", stream));
    }
  }

  private void frames() {
    if (made.film().frames() != made.plan().frames()) {
      say("The film has %s where %d were planned.", count(made.film().frames(), "frame"), made.plan().frames());
    }
  }

  private void drift() {
    long drift = made.film().driftTicks();
    if (drift != 0) {
      say("The last picture is shown %.3f s (%s) too %s.", order.timeBase().seconds(Math.abs(drift)),
          count(Math.abs(drift), "tick"), drift > 0 ? "late" : "early");
    }
  }

  private void say(String sentence, Object... values) {
    sentences.add(String.format(Locale.ROOT, sentence, values));
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private static String unstopped(String reason) {
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }
}
