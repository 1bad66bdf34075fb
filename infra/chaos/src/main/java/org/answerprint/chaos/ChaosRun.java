package org.answerprint.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.End;
import org.answerprint.storage.Digests;
import org.answerprint.storage.ObjectStore;
import org.answerprint.storage.S3ObjectStore;

/**
 * One run: the assignments once in peace, then again in chaos, and the comparison of both. The finished work of the
 * first time is removed before the second, so that everything is computed twice.
 */
final class ChaosRun {

  /** Held, since a logger's level is forgotten with it. */
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");
  private static final String CALM = "calm";
  private static final String STORM = "storm";
  private static final Duration LOCK = Duration.ofSeconds(3);
  private static final Duration LONGEST_FREEZE = Duration.ofSeconds(6);
  private static final Duration LIMIT = Duration.ofMinutes(8);
  private static final int OPEN_AT_ONCE = 2;

  private final LiveSystem system;
  private final Ledger ledger;
  private final List<Assignment> assignments;
  private final long seed;
  private final int blows;
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  static {
    // a broker that is away is what we are here for
    KAFKA.setLevel(Level.OFF);
  }

  private ChaosRun(LiveSystem system, long seed, int jobs, int blows) {
    this.system = system;
    this.ledger = new Ledger(system.buckets());
    this.assignments = Assignment.some(jobs, seed);
    this.seed = seed;
    this.blows = blows;
  }

  /** What the processes of a system under chaos are told: to be as they are, but quick about it. */
  static Map<String, String> environment() {
    return Map.of("ANSWERPRINT_LOCK_SECONDS", Long.toString(LOCK.toSeconds()), "ANSWERPRINT_SWEEP_EVERY", "5s",
        "ANSWERPRINT_SWEEP_AGE_SECONDS", "5");
  }

  /**
   * Runs in a data folder of its own, which stays behind.
   *
   * @param data that folder, empty
   */
  static Verdict run(Path data, long seed, int jobs, int blows) {
    try (LiveSystem system = LiveSystem.start(data, environment())) {
      return new ChaosRun(system, seed, jobs, blows).run();
    }
  }

  private Verdict run() {
    Map<String, String> expected = calm();
    forgetFinishedWork();
    List<String> dealt = storm(expected);
    LiveSystem.awaitEnd(system.killTheSupervisor());
    return new Verdict(seed, counts, dealt, violations);
  }

  /** The digest of each assignment's film, by its name. */
  private Map<String, String> calm() {
    assignments.forEach(assignment -> land(assignment, CALM));
    awaitEnds(CALM, assignments.size());
    checkEnds(CALM);
    for (Ledger.Entry job : ledger.in(CALM)) {
      for (Ledger.Task task : job.tasks()) {
        count("computations in peace", task.begun());
        require(task.begun() == 1, "undisturbed, task " + task.key() + " of " + job.upload() + " was computed " + task.begun() + " times");
      }
      ledger.steps(job.id()).forEach((step, begun) ->
          require(begun == 1, "undisturbed, " + step + " of " + job.upload() + " was begun " + begun + " times"));
    }
    return digests(CALM);
  }

  private void forgetFinishedWork() {
    try (ObjectStore store = new S3ObjectStore(system.storage())) {
      String work = system.storage().buckets().work();
      List<String> keys = new ArrayList<>();
      store.list(work, "takes/", info -> keys.add(info.key()));
      store.list(work, "transitions/", info -> keys.add(info.key()));
      keys.forEach(key -> store.delete(work, key));
    }
  }

  private List<String> storm(Map<String, String> expected) {
    List<Blow> schedule = new Schedule(seed, LONGEST_FREEZE).blows(blows);
    try (Injector injector = new Injector(system, STORM, schedule);
        Repeater repeater = new Repeater(system::kafka, seed, injector::add)) {
      for (int i = 0; i < assignments.size(); i++) {
        awaitEnds(STORM, i + 1 - OPEN_AT_ONCE);
        land(assignments.get(i), STORM);
      }
      awaitEnds(STORM, assignments.size());
      injector.stop();
      awaitEnds(STORM, assignments.size());
      injector.failure().ifPresent(e -> violations.add("the blows stopped: " + e));
      repeater.stop();
      check(expected, injector);
      count("messages", repeater.seen());
      count("messages repeated", repeater.repeated());
      return injector.dealt();
    }
  }

  private void check(Map<String, String> expected, Injector injector) {
    checkEnds(STORM);
    checkComputations(injector.wounds());
    Map<String, String> made = digests(STORM);
    expected.forEach((name, digest) -> require(digest.equals(made.get(name)), "the film of " + name + " differs from the undisturbed one"));
    checkMessages();
    count("blows", injector.dealt().size());
  }

  private void checkEnds(String folder) {
    List<Ledger.Entry> jobs = ledger.in(folder);
    count("jobs", jobs.size());
    for (Ledger.Entry job : jobs) {
      job.end().ifPresentOrElse(
          end -> require(end.state() == EndState.FINAL || isPictureThatCameFirst(job, end), job.upload() + " ended as " + end.state() + ": " + end.reason().orElse("")),
          () -> violations.add(job.upload() + " has not ended"));
      require(ledger.films(job.upload()).size() <= 1, job.upload() + " has several films: " + ledger.films(job.upload()));
    }
    for (Assignment assignment : assignments) {
      require(ledger.films(assignment.askedIn(folder)).size() == 1, assignment.askedIn(folder) + " has no film");
    }
    require(ledger.open().isEmpty(), "still on the list of open jobs: " + ledger.open());
  }

  /** What is told of a story's picture may arrive before what is told of the story, and alone a picture is no film. */
  private static boolean isPictureThatCameFirst(Ledger.Entry job, End end) {
    return end.state() == EndState.REJECTED && job.upload().endsWith(".png");
  }

  private void checkComputations(List<Wound> wounds) {
    for (Ledger.Entry job : ledger.in(STORM)) {
      for (Ledger.Task task : job.tasks()) {
        List<Wound> hits = wounds.stream().filter(wound -> wound.hits(job, task)).toList();
        count("computations in chaos", task.begun());
        count("hits", hits.size());
        count("tasks computed again", task.begun() > 1 ? 1 : 0);
        require(task.begun() <= 1 + hits.size(), "task " + task.key() + " of " + job.upload() + " was computed " + task.begun()
            + " times though hit by " + hits);
      }
    }
  }

  private void checkMessages() {
    Map<String, List<Fact.JobEnded>> ends = new HashMap<>();
    Messages.ended(system.kafka()).forEach(ended -> ends.computeIfAbsent(ended.jobId().value(), id -> new ArrayList<>()).add(ended));
    for (Ledger.Entry job : ledger.in(STORM)) {
      List<Fact.JobEnded> told = ends.getOrDefault(job.id().value(), List.of());
      require(!told.isEmpty(), "nobody told that " + job.upload() + " ended");
      require(told.stream().distinct().count() <= 1, "two ends were told of " + job.upload() + ": " + told);
    }
    List<String> dead = Messages.dead(system.kafka());
    require(dead.isEmpty(), "there are dead letters: " + dead);
  }

  private Map<String, String> digests(String folder) {
    Map<String, String> digests = new TreeMap<>();
    for (Assignment assignment : assignments) {
      ledger.films(assignment.askedIn(folder)).stream().findFirst().ifPresent(film -> digests.put(assignment.name(), digest(film)));
    }
    return digests;
  }

  private static String digest(Path file) {
    try {
      return Digests.sha256(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a client that does not give up. */
  private void land(Assignment assignment, String folder) {
    assignment.in(folder).forEach((key, bytes) -> LiveSystem.await(key + " could not be landed", LIMIT, () -> {
      try (ObjectStore store = new S3ObjectStore(system.storage())) {
        store.put(system.storage().buckets().in(), key, bytes, "application/octet-stream");
        return true;
      } catch (TransientFault e) {
        return false;
      }
    }));
  }

  /** Waits until the jobs of the first so many assignments have ended and all news of ends is told; gives up late. */
  private void awaitEnds(String folder, int count) {
    try {
      LiveSystem.await("the jobs do not end", LIMIT, () -> ended(folder, count));
    } catch (IllegalStateException e) {
      violations.add(e.getMessage());
    }
  }

  private boolean ended(String folder, int count) {
    List<Ledger.Entry> jobs = ledger.in(folder);
    boolean asked = assignments.stream().limit(Math.max(0, count)).allMatch(assignment ->
        jobs.stream().anyMatch(job -> job.upload().equals(assignment.askedIn(folder)) && job.end().isPresent()));
    return asked && (count < assignments.size() || ledger.open().isEmpty() && jobs.stream().allMatch(job -> job.end().isPresent()));
  }

  private void require(boolean promise, String violation) {
    if (!promise) {
      violations.add(violation);
    }
  }

  private void count(String what, int number) {
    counts.merge(what, number, Integer::sum);
  }
}
