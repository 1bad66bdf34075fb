package org.answerprint.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.Assembly.AssembledShot;
import org.answerprint.jobs.DoneMark;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.FailedMark;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.jobs.TransitionTask;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FilmReport;
import org.answerprint.methods.EditMethod;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.report.ReportedShot.Fallback;
import org.answerprint.report.ReportedShot.Generated;
import org.answerprint.report.ReportedShot.Take;
import org.answerprint.storage.Digests;

/** Puts a film's report together; the same film at the same time gives the same report. Thread-safe. */
public final class ReportBuilder {

  private final String version;
  private final Clock clock;

  /**
   * A builder.
   *
   * @param version of Answerprint
   * @param clock tells when the report is written
   */
  public ReportBuilder(String version, Clock clock) {
    this.version = Objects.requireNonNull(version, "version");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * The report of a film.
   *
   * @throws InternalFault where a task of the assembly has no mark
   */
  public Report report(FinishedFilm film) {
    return new Making(film, clock.instant()).report();
  }

  /** A time for people: whole milliseconds. */
  static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }

  private final class Making {

    private final FinishedFilm made;
    private final Instant now;
    private final Job job;
    private final Order order;
    private final TimeBase timeBase;
    private final long filmStart;
    private final List<ReportedShot> shots;
    private final List<ReportedTransition> transitions;

    Making(FinishedFilm made, Instant now) {
      this.made = made;
      this.now = now;
      this.job = made.job();
      this.order = job.accepted();
      this.timeBase = order.timeBase();
      this.filmStart = made.plan().shots().stream().mapToLong(PlannedShot::start).findFirst().orElse(0);
      this.shots = made.assembly().shots().stream().map(this::shot).toList();
      this.transitions = transitions();
    }

    Report report() {
      return new Report(Report.SCHEMA_VERSION, job.id(), job.retry(), job.upload(), job.created(), now,
          order.sources().stream().map(Making::source).toList(), new TreeMap<>(order.assets()), order.recipe(),
          picture(), encoder(), timeBase, shots, transitions, sound(), otherSound(), made.film().driftTicks(), result(),
          job.contactSheetKey(), seconds(), Optional.of(new ReceiptMaker(made).receipt()), software(), new Warnings(made, shots, transitions).sentences());
    }

    private static Report.Source source(SourceFilm film) {
      var video = film.info().video();
      return new Report.Source(film.object(), film.tag(), film.still(), film.info().container(), video.codec(),
          video.width(), video.height());
    }

    private Report.Picture picture() {
      EncoderSettings settings = order.encoder();
      return new Report.Picture(settings.width(), settings.height(), settings.aspectNum() + ":" + settings.aspectDen(),
          settings.rateNum() + "/" + settings.rateDen(), settings.pixelFormat().ffmpegName(), settings.colour());
    }

    private Report.Encoder encoder() {
      EncoderSettings settings = order.encoder();
      return new Report.Encoder(settings.encoder(), new TreeMap<>(settings.options()), settings.gop());
    }

    private Optional<Report.Sound> sound() {
      FilmReport film = made.film();
      return film.audioCodec().isEmpty() ? Optional.empty()
          : Optional.of(new Report.Sound(film.audioCodec(), film.audioCopied(), film.audioPackets(), film.audioDigest()));
    }

    private List<Report.Sound> otherSound() {
      return made.film().otherSound().stream()
          .map(track -> new Report.Sound(track.codec(), track.copied(), track.packets(), track.digest())).toList();
    }

    private Report.Result result() {
      FilmReport film = made.film();
      return new Report.Result(job.filmKey(), film.frames(), film.firstPts(), film.endPts(),
          readable(film.endPts() - film.firstPts()), film.bytes(), made.digest());
    }

    private Report.Seconds seconds() {
      return new Report.Seconds(rounded(order.ingestSeconds()), rounded(made.plan().extractSeconds()),
          rounded(shots.stream().mapToDouble(ReportedShot::seconds).sum()),
          rounded(transitions.stream().mapToDouble(ReportedTransition::seconds).sum()),
          rounded(made.assembleSeconds()), rounded(Duration.between(job.created(), now).toMillis() / 1e3));
    }

    private Report.Software software() {
      return new Report.Software(version,
          versions(shots.stream().flatMap(shot -> shot.takes().stream()).flatMap(take -> take.made().stream())),
          versions(transitions.stream().flatMap(transition -> transition.made().stream())));
    }

    private static SortedMap<String, SortedSet<String>> versions(Stream<TaskFacts> facts) {
      var versions = new TreeMap<String, SortedSet<String>>();
      facts.forEach(fact -> versions.computeIfAbsent(fact.method(), name -> new TreeSet<>()).add(fact.methodVersion()));
      return versions;
    }

    private ReportedShot shot(AssembledShot assembled) {
      PlannedShot shot = assembled.shot();
      List<Take> takes = assembled.takes().stream().map(this::take).toList();
      ShotRecipe asked = order.recipeFor(shot.source(), shot.number(), shot.start() - filmStart);
      ShotRecipe used = assembled.failure().isPresent() ? Methods.plain() : asked;
      int attempts = Math.max(takes.stream().mapToInt(Take::attempt).max().orElse(0),
          assembled.failure().map(FailedMark::attempt).orElse(0));
      return new ReportedShot(shot.number(), shot.source() + 1, shot.cut(), shot.firstFrame(), shot.frames(), shot.start(),
          shot.end(), readable(shot.start() - filmStart), readable(shot.end() - shot.start()), used.method(),
          parameters(used), generated(used), assembled.failure().map(mark -> fallback(asked.method(), mark)), attempts,
          rounded(takes.stream().mapToDouble(Take::seconds).sum()), takes.stream().allMatch(Take::foundMade), takes);
    }

    private Optional<Generated> generated(ShotRecipe used) {
      EditMethod method = Methods.byName(used.method());
      if (!method.generates()) {
        return Optional.empty();
      }
      String model = method.model(used).orElse("");
      return Optional.of(new Generated(model, order.models().getOrDefault(model, ""),
          Digests.sha256(used.prompt().orElse("").getBytes(StandardCharsets.UTF_8)), used.seed()));
    }

    private Take take(EditTask task) {
      DoneMark mark = mark(task.key());
      return new Take(task.key(), task.piece(), task.firstFrame(), task.frames(), task.headFrames(), task.tailFrames(),
          mark.attempt(), rounded(mark.seconds()), mark.attempt() == 0, Optional.ofNullable(made.facts().get(task.key())));
    }

    private List<ReportedTransition> transitions() {
      var found = new ArrayList<ReportedTransition>();
      for (int i = 0; i < made.assembly().shots().size() - 1; i++) {
        int left = i;
        made.assembly().shots().get(i).transition().ifPresent(task -> found.add(transition(task, left)));
      }
      return found;
    }

    private ReportedTransition transition(TransitionTask task, int left) {
      DoneMark mark = mark(task.key());
      int right = made.assembly().shots().get(left + 1).shot().number();
      return new ReportedTransition(task.key(), task.leftShot(), right, task.type(), task.prompt(), task.leftFrames(),
          task.rightFrames(), replaced(left), mark.attempt(), rounded(mark.seconds()), mark.attempt() == 0,
          Optional.ofNullable(made.facts().get(task.key())));
    }

    private Optional<Fallback> replaced(int left) {
      return FinishedFilm.replaced(job, made.assembly(), left).map(asked -> {
        var mark = Optional.ofNullable(made.failed().get(asked.key()));
        return mark.map(known -> fallback(asked.type(), known)).orElseThrow(() -> new InternalFault(
            "job " + job.id() + " has no failed mark of task " + asked.key() + ", though another stands in for it"));
      });
    }

    private DoneMark mark(TaskKey task) {
      return Optional.ofNullable(made.done().get(task)).orElseThrow(() -> new InternalFault(
          "job " + job.id() + " has no done mark of task " + task + ", though its film was joined"));
    }

    private double readable(long ticks) {
      return rounded(timeBase.seconds(ticks));
    }
  }

  private static Fallback fallback(String asked, FailedMark mark) {
    return new Fallback(asked, mark.attempt(), mark.kind(), mark.reason());
  }

  /** What the method read of the recipe and is not at its default; the method and the transition are told elsewhere. */
  private static JsonNode parameters(ShotRecipe recipe) {
    JsonNode standard = ReportJson.tree(ShotRecipe.DEFAULT.canonical());
    ObjectNode read = (ObjectNode) ReportJson.tree(Methods.byName(recipe.method()).essential(recipe).canonical());
    read.remove(List.of("method", "transition"));
    standard.properties().stream().filter(usual -> usual.getValue().equals(read.get(usual.getKey()))).map(Map.Entry::getKey)
        .forEach(read::remove);
    return read;
  }
}
