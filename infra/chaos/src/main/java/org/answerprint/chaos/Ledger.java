package org.answerprint.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.answerprint.events.JobId;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.Json;

/** What the buckets say of jobs and their tasks, read from the files themselves, so that no server need run. */
final class Ledger {

  private static final String TASK = "[0-9a-f]{32}";

  private final Path work;
  private final Path out;

  Ledger(Path buckets) {
    this.work = buckets.resolve("answerprint-work");
    this.out = buckets.resolve("answerprint-out");
  }

  /**
   * A job as far as it is.
   *
   * @param since when it was written
   * @param end how it ended, empty while it is open
   * @param tasks its tasks that were begun
   */
  record Entry(Job job, Instant since, Optional<End> end, List<Task> tasks) {

    JobId id() {
      return job.id();
    }

    String upload() {
      return job.upload().key();
    }
  }

  /**
   * A task of one job.
   *
   * @param key of it
   * @param since when its computation was begun first
   * @param begun how often it was begun to be computed; found work is not counted
   * @param made when its output was there, empty while it is not
   */
  record Task(String key, Instant since, int begun, Optional<Instant> made) {

    /** Whether it was in somebody's hands at any time between these two. */
    boolean overlaps(Instant from, Instant to) {
      return !since.isAfter(to) && made.filter(from::isAfter).isEmpty();
    }
  }

  /** The jobs of uploads in this folder. */
  List<Entry> in(String folder) {
    List<Entry> entries = new ArrayList<>();
    for (Path job : list(KeyFiles.of(work, "jobs/"))) {
      read(job.resolve("job.json"), Job.class).filter(found -> found.upload().key().startsWith(folder + "/"))
          .ifPresent(found -> entries.add(new Entry(found, modified(job.resolve("job.json")).orElse(Instant.EPOCH),
              read(job.resolve("end.json"), End.class), tasks(KeyFiles.of(job, "try/")))));
    }
    return entries;
  }

  /** Ids on the list of open jobs. */
  List<String> open() {
    return list(KeyFiles.of(work, "jobs/open/")).stream().map(KeyFiles::name).toList();
  }

  /** Films among the results of an upload. */
  List<Path> films(String upload) {
    return list(KeyFiles.of(out, upload + "/")).stream().filter(file -> file.toString().endsWith(".mp4")).toList();
  }

  /** How often each step that is no task of a worker, such as {@code extract}, was begun in a job. */
  Map<String, Integer> steps(JobId job) {
    Map<String, Integer> steps = new TreeMap<>();
    for (Path step : list(KeyFiles.of(work, "jobs/" + job + "/try/"))) {
      if (!KeyFiles.name(step).matches(TASK)) {
        steps.put(KeyFiles.name(step), list(step).size());
      }
    }
    return steps;
  }

  private List<Task> tasks(Path tries) {
    List<Task> tasks = new ArrayList<>();
    for (Path task : list(tries)) {
      String key = KeyFiles.name(task);
      List<Instant> begun = list(task).stream().flatMap(mark -> modified(mark).stream()).sorted().toList();
      if (key.matches(TASK) && !begun.isEmpty()) {
        tasks.add(new Task(key, begun.getFirst(), begun.size(), modified(KeyFiles.of(work, "takes/" + key + ".segment"))
            .or(() -> modified(KeyFiles.of(work, "transitions/" + key + ".segment")))));
      }
    }
    return tasks;
  }

  private static <T> Optional<T> read(Path file, Class<T> type) {
    try {
      return Optional.of(Json.read(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Instant> modified(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
