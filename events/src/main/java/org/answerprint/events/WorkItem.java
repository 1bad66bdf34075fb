package org.answerprint.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One piece of long work, waiting in the queue. It holds only names: what to do lies in the job's objects. The key of
 * its output follows from the task key, so a worker that gets it twice finds the work done.
 */
public sealed interface WorkItem extends Message {

  /** Names the work and its output. */
  TaskKey taskKey();

  /** Work is spread over all workers, so it is partitioned by task and not by job. */
  @Override
  default String partitionKey() {
    return taskKey().value();
  }

  @Override
  default Channel channel() {
    return Channel.WORK;
  }

  @Override
  default String id() {
    return Ids.of(type(), jobId().value(), taskKey());
  }

  /** Edit one piece of a shot; both count from 1. */
  record EditWork(
      JobId jobId,
      TaskKey taskKey,
      @JsonProperty(required = true) int shot,
      @JsonProperty(required = true) int piece)
      implements WorkItem {

    public static final String TYPE = "org.answerprint.work.edit.v1";

    public EditWork {
      Checks.present(jobId, "the job id");
      Checks.present(taskKey, "the task key");
      Checks.atLeast(1, shot, "the shot");
      Checks.atLeast(1, piece, "the piece");
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Make the frames across the cut after {@code leftShot}, which counts from 1. */
  record TransitionWork(JobId jobId, TaskKey taskKey, @JsonProperty(required = true) int leftShot)
      implements WorkItem {

    public static final String TYPE = "org.answerprint.work.transition.v1";

    public TransitionWork {
      Checks.present(jobId, "the job id");
      Checks.present(taskKey, "the task key");
      Checks.atLeast(1, leftShot, "the left shot");
    }

    @Override
    public String type() {
      return TYPE;
    }
  }
}
