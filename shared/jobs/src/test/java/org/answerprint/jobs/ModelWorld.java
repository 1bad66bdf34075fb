package org.answerprint.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.events.Message;
import org.answerprint.events.TaskKey;
import org.answerprint.events.WorkItem;
import org.answerprint.recipe.ShotFailure;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.storage.ObjectStore;
import org.answerprint.testing.HandClock;

/** Some jobs over one film, the processes that work on them, and what befalls both; all of it decided by one seed. */
final class ModelWorld {

  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final long MINUTE = 60_000;
  private static final long TIME_TO_RECOVER = 180 * MINUTE;

  /** What happened in a world, by name. */
  static final class Tally {

    private final Map<String, Integer> counts = new HashMap<>();

    void count(String what) {
      counts.merge(what, 1, Integer::sum);
    }

    void add(Tally other) {
      other.counts.forEach((what, n) -> counts.merge(what, n, Integer::sum));
    }

    int of(String what) {
      return counts.getOrDefault(what, 0);
    }

    @Override
    public String toString() {
      return new TreeMap<>(counts).toString();
    }
  }

  private record Waiting(Message message, long due) {}

  private final Random random;
  private final boolean disturbed;
  private final HandClock clock = new HandClock();
  private final ObjectStore objects = new MemoryObjectStore(clock);
  private final JobStore jobs = new JobStore(objects, Samples.BUCKETS);
  private final List<Waiting> queue = new ArrayList<>();
  private final List<ModelProcess> processes = new ArrayList<>();
  private final List<Job> film = new ArrayList<>();
  private final Map<String, Integer> sent = new HashMap<>();
  private final List<Fact.JobEnded> told = new ArrayList<>();
  private final Tally tally = new Tally();
  private final int[] frames;
  private final int salt;
  private final double brokenShare;
  private final double killRate;
  private final double freezeRate;
  private final double loss;
  private final double doubling;
  private final double unwell;
  private long troubleEnds;
  private long nextSweep;

  ModelWorld(long seed, boolean disturbed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.disturbed = disturbed;
    this.frames = random.ints(2 + random.nextInt(7), 0, 1000).map(n -> n < 80 ? 241 + n : 1 + n % 40).toArray();
    this.salt = random.nextInt();
    this.brokenShare = random.nextBoolean() ? 0 : 0.15;
    this.killRate = rate(0, 0.005, 0.02, 0.05);
    this.freezeRate = rate(0, 0, 0.005, 0.02);
    this.loss = rate(0, 0.02, 0.2);
    this.doubling = rate(0, 0.1, 0.3);
    this.unwell = rate(0, 0, 0.1);
    this.troubleEnds = disturbed ? clock.millis() + (long) (MINUTE * (1 + 40 * random.nextDouble())) : clock.millis();
    this.nextSweep = clock.millis() + MINUTE;
    new EnumMap<>(Map.of(ModelStages.Role.PARTS, 2, ModelStages.Role.EXTRACT, 2, ModelStages.Role.ASSEMBLE, 2,
        ModelStages.Role.WORK, 3))
        .forEach((role, count) -> {
          for (int i = 0; i < (role == ModelStages.Role.WORK || disturbed ? count : 1); i++) {
            processes.add(new ModelProcess(this, role));
          }
        });
  }

  private double rate(double... choices) {
    double chosen = choices[random.nextInt(choices.length)];
    return disturbed ? chosen : 0;
  }

  Clock clock() {
    return clock;
  }

  long millis() {
    return clock.millis();
  }

  ObjectStore objects() {
    return objects;
  }

  int[] frames() {
    return frames.clone();
  }

  /** Whether a task can never succeed. */
  boolean isBroken(TaskKey task) {
    return Math.floorMod(31 * task.hashCode() + salt, 1000) < 1000 * brokenShare;
  }

  /** Whether something is briefly unwell just now. */
  boolean isBriefly() {
    return isTroubled() && random.nextDouble() < unwell;
  }

  private boolean isTroubled() {
    return clock.millis() < troubleEnds;
  }

  void send(Message message) {
    tally.count("messages");
    sent.merge(message.id(), 1, Integer::sum);
    if (message instanceof Fact.JobEnded ended) {
      told.add(ended);
      return;
    }
    if (isTroubled() && random.nextDouble() < loss) {
      tally.count("lost");
      return;
    }
    requeue(message);
    if (isTroubled() && random.nextDouble() < doubling) {
      tally.count("doubled");
      requeue(message);
    }
  }

  void requeue(Message message) {
    long delay = disturbed && random.nextInt(4) == 0 ? random.nextInt((int) (2 * MINUTE)) : 0;
    queue.add(new Waiting(message, clock.millis() + delay));
  }

  /** Runs until nothing is left to do, and checks what came of it. */
  Tally run() {
    film.addAll(orders());
    film.forEach(this::accept);
    long cancelAt = disturbed && random.nextInt(5) == 0 ? clock.millis() + random.nextInt((int) (10 * MINUTE))
        : Long.MAX_VALUE;
    boolean over = false;
    while (!over) {
      if (clock.millis() >= cancelAt) {
        cancelAt = Long.MAX_VALUE;
        cancel(film.getFirst().id());
      }
      sweep();
      over = !turn();
      if (clock.millis() > troubleEnds + TIME_TO_RECOVER) {
        throw new AssertionError("stuck: " + jobs.open() + ", waiting " + queue);
      }
    }
    film.forEach(this::check);
    return tally;
  }

  private void accept(Job job) {
    jobs.mark(JobKeys.open(job.id()));
    jobs.write(JobKeys.job(job.id()), job);
    send(new Fact.VideoAccepted(job.id()));
  }

  private void cancel(JobId job) {
    jobs.mark(JobKeys.cancelled(job));
    send(new Fact.ReviewRequested(job, "cancel"));
    tally.count("cancels");
  }

  private void sweep() {
    if (clock.millis() >= nextSweep) {
      jobs.open().forEach(job -> send(new Fact.ReviewRequested(job, "sweep-" + clock.millis() / 1000)));
      nextSweep = clock.millis() + MINUTE;
    }
  }

  /** One deed of somebody; false where all is over. */
  private boolean turn() {
    clock.turn(Duration.ofMillis(random.nextInt(disturbed ? 2000 : 100)));
    List<ModelProcess> ready = processes.stream().filter(p -> !p.isIdle() && !p.isFrozen()).toList();
    if (!ready.isEmpty() && random.nextInt(3) > 0) {
      go(ready.get(random.nextInt(ready.size())));
      return true;
    }
    if (deliver()) {
      return true;
    }
    if (!ready.isEmpty()) {
      go(ready.get(random.nextInt(ready.size())));
      return true;
    }
    return waitForSomething();
  }

  private void go(ModelProcess process) {
    tally.count("steps");
    double fate = isTroubled() ? random.nextDouble() : 1;
    if (fate < killRate) {
      tally.count("kills");
      process.kill();
    } else if (fate < killRate + freezeRate) {
      tally.count("freezes");
      process.freeze(clock.millis() + MINUTE + random.nextInt((int) (20 * MINUTE)));
    } else {
      process.step();
    }
  }

  /** Hands out a message that is due: the oldest, or where the world is disturbed any. */
  private boolean deliver() {
    int from = disturbed && !queue.isEmpty() ? random.nextInt(queue.size()) : 0;
    for (int i = 0; i < queue.size(); i++) {
      Waiting next = queue.get((from + i) % queue.size());
      Optional<ModelProcess> free = next.due() > clock.millis() ? Optional.empty() : processes.stream()
          .filter(p -> p.isIdle() && !p.isFrozen() && p.takes(next.message())).findFirst();
      if (free.isPresent()) {
        queue.remove(next);
        free.get().begin(next.message());
        return true;
      }
    }
    return false;
  }

  private boolean waitForSomething() {
    boolean open = !jobs.open().isEmpty();
    long next = Stream.of(
        queue.stream().map(Waiting::due),
        processes.stream().filter(p -> p.isFrozen()).map(ModelProcess::frozenUntil),
        Stream.of(open ? nextSweep : Long.MAX_VALUE)).flatMap(s -> s).min(Long::compare).orElseThrow();
    if (next == Long.MAX_VALUE) {
      return false;
    }
    clock.turn(Duration.ofMillis(Math.max(1, next - clock.millis())));
    return true;
  }

  /** One job, and sometimes a second one over the same film, and a repetition of the first. */
  private List<Job> orders() {
    List<Job> all = new ArrayList<>(List.of(Samples.job(recipe())));
    if (random.nextInt(4) == 0) {
      all.add(Samples.job(recipe() + "prompt: another\n"));
    }
    if (random.nextInt(4) == 0) {
      Job first = all.getFirst();
      OptionalInt shot = random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(frames.length)) : OptionalInt.empty();
      all.add(new Job(Job.idOfRetry(first.id(), 1), first.upload(), first.created(),
          Optional.of(new Retry(first.id(), 1, shot)), first.order()));
    }
    return all;
  }

  private String recipe() {
    String joins = switch (random.nextInt(3)) {
      case 0 -> "";
      case 1 -> "transition: { type: dissolve, frames: 12 }\n";
      default -> "transition: { type: morph, frames: 7 }\n";
    };
    return (random.nextInt(4) > 0 ? Samples.LOOK : "") + joins + "onShotFailure: "
        + (random.nextBoolean() ? "source" : "fail") + "\n"
        + "shots: [{ match: " + (1 + random.nextInt(8)) + ", method: none }, { match: " + (1 + random.nextInt(8))
            + ", transition: { type: cut } }]\n";
  }

  private void check(Job job) {
    JobId id = job.id();
    End end = jobs.end(id).orElseThrow(() -> new AssertionError(id + " never ended"));
    tally.count("jobs");
    tally.count("ended " + end.state().word());
    assertThat(jobs.open()).doesNotContain(id);
    List<Fact.JobEnded> news = told.stream().filter(fact -> fact.jobId().equals(id)).toList();
    assertThat(news).as("news of the end").isNotEmpty()
        .allMatch(fact -> fact.state() == end.state() && fact.reason().equals(end.reason()));
    Optional<byte[]> made = objects.get(Samples.BUCKETS.out(), job.filmKey(), 1 << 20);
    made.ifPresent(bytes -> checkFilm(job, new String(bytes, UTF_8).lines().toList()));
    switch (end.state()) {
      case FINAL -> assertThat(made).as("a final job has its film").isPresent();
      case CANCELLED -> assertThat(jobs.isCancelled(id)).as("somebody asked for it to stop").isTrue();
      case FAILED -> assertThat(isToBlame(job, end.reason().orElseThrow())).as(end.reason().orElseThrow()).isTrue();
      case REJECTED -> throw new AssertionError("nobody rejects here");
    }
    if (!disturbed) {
      checkUndisturbed(job, end, news.size());
    }
  }

  /** The film is the planned shots in order, by their edits or, where one failed, their fallbacks, and what joins those. */
  private void checkFilm(Job job, List<String> parts) {
    List<PlannedShot> shots = jobs.plan(job.id()).orElseThrow().shots();
    List<List<EditTask>> takes = new ArrayList<>();
    for (PlannedShot shot : shots) {
      boolean edited = shot.edits().stream().allMatch(task -> parts.contains(JobKeys.take(task.key())));
      takes.add(edited ? shot.edits() : shot.fallbacks());
      if (!edited) {
        tally.count("fallbacks");
        assertThat(shot.edits()).as("one of them failed")
            .anyMatch(task -> jobs.failed(job.id(), task.key()).isPresent());
      }
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < shots.size(); i++) {
      takes.get(i).forEach(task -> expected.add(JobKeys.take(task.key())));
      if (i + 1 < shots.size()) {
        bridge(job, shots, takes, i, parts).ifPresent(task -> expected.add(JobKeys.transition(task.key())));
      }
    }
    assertThat(parts).isEqualTo(expected);
  }

  private Optional<TransitionTask> bridge(Job job, List<PlannedShot> shots, List<List<EditTask>> takes, int i,
      List<String> parts) {
    TaskPlanner planner = new TaskPlanner(job);
    Optional<TransitionTask> asked = planner.transition(shots.get(i), takes.get(i), shots.get(i + 1), takes.get(i + 1),
        false);
    if (asked.isEmpty() || parts.contains(JobKeys.transition(asked.get().key()))) {
      return asked;
    }
    tally.count("substitutes");
    assertThat(jobs.failed(job.id(), asked.get().key())).as("the asked transition failed").isPresent();
    return planner.transition(shots.get(i), takes.get(i), shots.get(i + 1), takes.get(i + 1), true);
  }

  private boolean isToBlame(Job job, String reason) {
    boolean marked = !jobs.list(JobKeys.failedFolder(job.id())).isEmpty();
    return reason.startsWith("shot ") && marked
        || reason.startsWith("the transition after ") && marked
        || reason.startsWith("its shots could not be found") && disturbed
        || reason.startsWith("its parts could not be joined") && disturbed;
  }

  private void checkUndisturbed(Job job, End end, int news) {
    assertThat(end.state()).isEqualTo(canBeMade(job) ? EndState.FINAL : EndState.FAILED);
    assertThat(news).as("the end is told, and once more where somebody looks between the end and its news")
        .isBetween(1, 2);
    sent.entrySet().stream()
        .filter(e -> e.getKey().contains("/" + job.id()) && !e.getKey().matches(".*(review.requested|job.ended).*"))
        .forEach(e -> assertThat(e.getValue()).as(e.getKey()).isEqualTo(1));
    if (end.state() == EndState.FINAL && film.size() == 1) {
      assertThat(sent.keySet().stream()
          .filter(key -> key.startsWith(WorkItem.EditWork.TYPE) || key.startsWith(WorkItem.TransitionWork.TYPE))
          .count())
          .as("nothing is worked on that nobody needs").isEqualTo(jobs.list(JobKeys.doneFolder(job.id())).size()
              + jobs.list(JobKeys.failedFolder(job.id())).size());
    }
  }

  /** What the recipe and the tasks that can never succeed leave possible. */
  private boolean canBeMade(Job job) {
    boolean strict = job.accepted().recipe().onShotFailure() == ShotFailure.FAIL;
    List<PlannedShot> shots = Samples.shots(job, frames);
    List<List<EditTask>> takes = new ArrayList<>();
    for (PlannedShot shot : shots) {
      boolean works = works(shot.edits());
      if (!works && (strict || shot.fallbacks().isEmpty() || !works(shot.fallbacks()))) {
        return false;
      }
      takes.add(works ? shot.edits() : shot.fallbacks());
    }
    TaskPlanner planner = new TaskPlanner(job);
    for (int i = 0; i + 1 < shots.size(); i++) {
      Optional<TransitionTask> asked = planner.transition(shots.get(i), takes.get(i), shots.get(i + 1),
          takes.get(i + 1), false);
      Optional<TransitionTask> substitute = planner.transition(shots.get(i), takes.get(i), shots.get(i + 1),
          takes.get(i + 1), true);
      boolean fails = asked.filter(task -> isBroken(task.key())).isPresent();
      if (fails && (strict || substitute.filter(task -> !isBroken(task.key())).isEmpty())) {
        return false;
      }
    }
    return true;
  }

  private boolean works(List<EditTask> tasks) {
    return tasks.stream().noneMatch(task -> isBroken(task.key()));
  }
}
