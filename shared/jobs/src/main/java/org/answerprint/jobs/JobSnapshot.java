package org.answerprint.jobs;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.answerprint.events.TaskKey;

/**
 * What exists of a job at one moment.
 *
 * @param job what was asked for
 * @param ended whether its end was written
 * @param cancelled whether somebody asked for it to stop
 * @param plan once every shot is known
 * @param shots the planned ones, or those found so far, in order
 * @param done tasks whose outputs exist
 * @param failed tasks that were given up
 */
public record JobSnapshot(
    Job job, boolean ended, boolean cancelled, Optional<Plan> plan, List<PlannedShot> shots, Set<TaskKey> done, Map<TaskKey, FailedMark> failed) {

  public JobSnapshot {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(plan, "plan");
    shots = List.copyOf(shots);
    done = Set.copyOf(done);
    failed = Map.copyOf(failed);
  }
}
