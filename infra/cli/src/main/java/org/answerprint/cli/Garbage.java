package org.answerprint.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.jobs.Plan;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.ShotIndex;
import org.answerprint.jobs.TaskPlanner;
import org.answerprint.storage.ObjectInfo;

/**
 * Finds what no result needs: takes and transitions that no open job plans and no film in the bucket {@code out} was made
 * of, what ended jobs noted on their way, signs of life, and marks of uploads that are gone. Whatever is removed wrongly is made again.
 */
final class Garbage {

  private static final String JOBS = "jobs/";

  private final JobStore jobs;

  Garbage(JobStore jobs) {
    this.jobs = jobs;
  }

  /** Everything that can go, in the bucket {@code work}. */
  List<ObjectInfo> find() {
    // parts first: one that is listed here is older than every job that is read below
    List<ObjectInfo> parts = new ArrayList<>(jobs.list("takes/"));
    parts.addAll(jobs.list("transitions/"));
    List<ObjectInfo> ofJobs = jobs.list(JOBS);
    Set<String> keys = new HashSet<>();
    ofJobs.forEach(o -> keys.add(o.key()));
    List<ObjectInfo> garbage = new ArrayList<>();
    Set<TaskKey> needed = new HashSet<>();
    for (JobId id : JobNames.all(jobs, "")) {
      Optional<End> end = jobs.end(id);
      jobs.job(id).filter(job -> job.order().isPresent() && isWanted(job, end)).ifPresent(job -> needed.addAll(tasks(job)));
      if (end.isPresent()) {
        garbage.addAll(notes(id, ofJobs));
      }
    }
    parts.stream().filter(part -> !needed.contains(taskOf(part.key()))).forEach(garbage::add);
    garbage.addAll(jobs.list(JobKeys.AT_WORK));
    garbage.addAll(marks());
    return garbage;
  }

  /** Removes it; returns how many bytes that freed. A job that has begun meanwhile keeps what it plans. */
  long remove(List<ObjectInfo> garbage) {
    Set<TaskKey> begun = new HashSet<>();
    jobs.open().forEach(id -> jobs.job(id).filter(job -> job.order().isPresent()).ifPresent(job -> begun.addAll(tasks(job))));
    long bytes = 0;
    for (ObjectInfo object : garbage) {
      boolean part = object.key().startsWith("takes/") || object.key().startsWith("transitions/");
      if (!part || !begun.contains(taskOf(object.key()))) {
        jobs.delete(object.key());
        bytes += object.size();
      }
    }
    return bytes;
  }

  private boolean isWanted(Job job, Optional<End> end) {
    return end.isEmpty() || end.get().state() == EndState.FINAL
        && jobs.objects().head(jobs.buckets().out(), job.filmKey()).isPresent();
  }

  private Set<TaskKey> tasks(Job job) {
    List<PlannedShot> shots = jobs.plan(job.id()).map(Plan::shots).orElseGet(() -> shotsSoFar(job.id()));
    Set<TaskKey> tasks = new HashSet<>();
    shots.forEach(shot -> takes(shot).flatMap(List::stream).forEach(task -> tasks.add(task.key())));
    TaskPlanner planner = new TaskPlanner(job);
    for (int i = 0; i + 1 < shots.size(); i++) {
      PlannedShot left = shots.get(i);
      PlannedShot right = shots.get(i + 1);
      takes(left).forEach(l -> takes(right).forEach(r -> Stream.of(false, true).forEach(fallback ->
          planner.transition(left, l, right, r, fallback).ifPresent(task -> tasks.add(task.key())))));
    }
    return tasks;
  }

  private static Stream<List<EditTask>> takes(PlannedShot shot) {
    return Stream.of(shot.edits(), shot.fallbacks()).filter(list -> !list.isEmpty());
  }

  private List<PlannedShot> shotsSoFar(JobId id) {
    List<PlannedShot> shots = new ArrayList<>();
    for (Optional<ShotIndex> index = jobs.shotIndex(id, 1); index.isPresent(); index = jobs.shotIndex(id, shots.size() + 1)) {
      shots.add(index.get().shot());
    }
    return shots;
  }

  /** {@code takes/<task>.segment} and its neighbours. */
  private static TaskKey taskOf(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return new TaskKey(name.indexOf('.') < 0 ? name : name.substring(0, name.indexOf('.')));
  }

  private static List<ObjectInfo> notes(JobId id, List<ObjectInfo> ofJobs) {
    List<String> folders = Stream.of("try/", "progress/", "spent/", "checkpoints/").map(folder -> JobKeys.folder(id) + folder).toList();
    return ofJobs.stream().filter(o -> folders.stream().anyMatch(o.key()::startsWith)).toList();
  }

  private List<ObjectInfo> marks() {
    Set<String> wanted = new HashSet<>();
    String in = jobs.buckets().in();
    jobs.objects().list(in, "", info -> wanted.add(JobKeys.seen(TaskKey.hashOf(List.of(in, info.key(), info.tag())).value())));
    return jobs.list(JobKeys.SEEN).stream().filter(mark -> !wanted.contains(mark.key())).toList();
  }
}
