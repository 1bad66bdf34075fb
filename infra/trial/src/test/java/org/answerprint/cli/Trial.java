package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobStore;
import org.answerprint.launcher.Home;
import org.answerprint.report.Report;
import org.answerprint.storage.S3ObjectStore;
import org.answerprint.testkit.SeenJobs;
import org.awaitility.Awaitility;

/**
 * A person who lands files in the bucket of a local system and waits for what comes out. All tests here share one system,
 * as users would; it is started for the first and ends with the tests.
 */
final class Trial {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  /** A look lists all that jobs have made. */
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int LARGEST_REPORT = 1 << 24;

  private static Optional<Trial> shared = Optional.empty();

  private final Path data;
  private final LocalSystem system;
  private final JobStore jobs;

  private Trial(Path data, LocalSystem system) {
    this.data = data;
    this.system = system;
    this.jobs = new JobStore(new S3ObjectStore(system.storage()), system.storage().buckets());
  }

  /** The system, started as {@code up} does where it does not run yet. */
  static synchronized Trial shared() {
    if (shared.isEmpty()) {
      Trial trial = start();
      Runtime.getRuntime().addShutdownHook(new Thread(trial::end, "end of trial"));
      shared = Optional.of(trial);
    }
    return shared.get();
  }

  private static Trial start() {
    try {
      Home home = Home.find();
      Path data = Files.createTempDirectory("answerprint-trial");
      LocalSystem system = LocalSystem.start(new Place(home, data, Place.cacheOf(home)),
          LocalSystem.Wanted.USUAL, line -> { });
      system.announce();
      return new Trial(data, system);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() {
    system.close();
    try (Stream<Path> files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LocalSystem system() {
    return system;
  }

  /** Where the system keeps all that it has. */
  Path data() {
    return data;
  }

  void land(String key, byte[] bytes) {
    jobs.objects().put(jobs.buckets().in(), key, bytes, "application/octet-stream");
  }

  /** The jobs of so many uploads under a prefix, by key, once all have ended. */
  Map<String, Job> ended(String prefix, int count) {
    Map<String, Job> ended = new HashMap<>();
    SeenJobs seen = new SeenJobs(jobs);
    Awaitility.await().atMost(PATIENCE).pollInterval(LOOK).until(() -> {
      seen.ended(prefix).forEach(job -> ended.put(job.upload().key(), job));
      return ended.size() >= count;
    });
    return ended;
  }

  End end(Job job) {
    return jobs.end(job.id()).orElseThrow();
  }

  /** The job's film as a file of this folder. */
  Path film(Job job, Path folder) {
    Path file = folder.resolve(job.id() + ".mp4");
    assertThat(jobs.objects().download(jobs.buckets().out(), job.filmKey(), file)).as(job.filmKey()).isTrue();
    return file;
  }

  Report report(Job job) {
    return Report.read(jobs.objects().get(jobs.buckets().out(), job.reportKey(), LARGEST_REPORT).orElseThrow());
  }

  /** Where Kafka clients connect. */
  String kafka() {
    return system.kafka();
  }
}
