package org.answerprint.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * Something that has happened to a job. A fact points at objects in the bucket and never holds media; the objects are
 * the state, so losing or repeating a fact loses nothing. Shots and pieces count from 1; a transition is named by the
 * shot on its left.
 */
public sealed interface Fact extends Message {

  @Override
  default String partitionKey() {
    return jobId().value();
  }

  @Override
  default String id() {
    return Ids.of(type(), jobId().value());
  }

  /** An upload passed all checks and {@code job.json} is written; extraction may begin. */
  record VideoAccepted(JobId jobId) implements Fact {

    public static final String TYPE = "org.answerprint.video.accepted.v1";

    public VideoAccepted {
      Checks.present(jobId, "the job id");
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Channel channel() {
      return Channel.ACCEPTED;
    }
  }

  /**
   * An upload was turned away before any work.
   *
   * @param jobId the job that this upload left behind, already ended
   * @param source the upload
   * @param reason one sentence for the person who uploaded it
   */
  record VideoRejected(JobId jobId, ObjectVersion source, String reason) implements Fact {

    public static final String TYPE = "org.answerprint.video.rejected.v1";

    public VideoRejected {
      Checks.present(jobId, "the job id");
      Checks.present(source, "the source");
      Checks.text(reason, "the reason");
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Channel channel() {
      return Channel.ENDED;
    }
  }

  /** A shot's index object exists: it can be edited while the rest of the film is still being read. */
  record ShotFound(JobId jobId, @JsonProperty(required = true) int shot) implements Fact {

    public static final String TYPE = "org.answerprint.shot.found.v1";

    public ShotFound {
      Checks.present(jobId, "the job id");
      Checks.atLeast(1, shot, "the shot");
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Channel channel() {
      return Channel.PARTS;
    }

    @Override
    public String id() {
      return Ids.of(TYPE, jobId.value(), shot);
    }
  }

  /** {@code plan.json} exists: every expected output of the job is known. */
  record FilmPlanned(JobId jobId) implements Fact {

    public static final String TYPE = "org.answerprint.film.planned.v1";

    public FilmPlanned {
      Checks.present(jobId, "the job id");
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Channel channel() {
      return Channel.PARTS;
    }
  }

  /**
   * The take of one piece of a shot exists.
   *
   * @param piece which piece of the shot, from 1; a short shot has one
   * @param attempt which attempt made it, from 1, or 0 where it was found and nothing had to be done
   */
  record ShotEdited(
      JobId jobId,
      TaskKey taskKey,
      @JsonProperty(required = true) int shot,
      @JsonProperty(required = true) int piece,
      @JsonProperty(required = true) int attempt)
      implements Fact {

    public static final String TYPE = "org.answerprint.shot.edited.v1";

    public ShotEdited {
      Checks.present(jobId, "the job id");
      Checks.present(taskKey, "the task key");
      Checks.atLeast(1, shot, "the shot");
      Checks.atLeast(1, piece, "the piece");
      Checks.atLeast(0, attempt, "the attempt");
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Channel channel() {
      return Channel.PARTS;
    }

    @Override
    public String id() {
      return Ids.of(TYPE, jobId.value(), taskKey, attempt);
    }
  }

  /**
   * The frames across one cut exist.
   *
   * @param shot the shot left of the cut
   * @param attempt which attempt made them, from 1, or 0 where they were found and nothing had to be done
   */
  record TransitionMade(
      JobId jobId,
      TaskKey taskKey,
      @JsonProperty(required = true) int shot,
      @JsonProperty(required = true) int attempt)
      implements Fact {

    public static final String TYPE = "org.answerprint.transition.made.v1";

    public TransitionMade {
      Checks.present(jobId, "the job id");
      Checks.present(taskKey, "the task key");
      Checks.atLeast(1, shot, "the shot");
      Checks.atLeast(0, attempt, "the attempt");
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Channel channel() {
      return Channel.PARTS;
    }

    @Override
    public String id() {
      return Ids.of(TYPE, jobId.value(), taskKey, attempt);
    }
  }

  /**
   * One attempt at a task failed; whether there will be another is decided by who reads this.
   *
   * @param shot the shot, or the shot left of the cut
   * @param attempt which attempt it was, from 1
   * @param kind who has to act on it
   * @param reason one sentence
   */
  record TaskFailed(
      JobId jobId,
      TaskKey taskKey,
      @JsonProperty(required = true) int shot,
      @JsonProperty(required = true) int attempt,
      FailureKind kind,
      String reason)
      implements Fact {

    public static final String TYPE = "org.answerprint.task.failed.v1";

    public TaskFailed {
      Checks.present(jobId, "the job id");
      Checks.present(taskKey, "the task key");
      Checks.atLeast(1, shot, "the shot");
      Checks.atLeast(1, attempt, "the attempt");
      Checks.present(kind, "the kind of failure");
      Checks.text(reason, "the reason");
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Channel channel() {
      return Channel.PARTS;
    }

    @Override
    public String id() {
      return Ids.of(TYPE, jobId.value(), taskKey, attempt);
    }
  }

  /** Everything in the plan exists; the film may be put together. */
  record PartsCompleted(JobId jobId) implements Fact {

    public static final String TYPE = "org.answerprint.parts.completed.v1";

    public PartsCompleted {
      Checks.present(jobId, "the job id");
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Channel channel() {
      return Channel.READY;
    }
  }

  /**
   * {@code end.json} exists; nothing more will happen to the job.
   *
   * @param reason what a person can act on; present unless the state is final, optional where it was cancelled
   * @param output the finished film, present exactly where the state is final
   */
  record JobEnded(JobId jobId, EndState state, Optional<String> reason, Optional<ObjectRef> output) implements Fact {

    public static final String TYPE = "org.answerprint.job.ended.v1";

    public JobEnded {
      Checks.present(jobId, "the job id");
      Checks.present(state, "the state");
      Checks.present(reason, "the reason").ifPresent(text -> Checks.text(text, "the reason"));
      Checks.present(output, "the output");
      if (output.isPresent() != (state == EndState.FINAL)) {
        throw new IllegalArgumentException(
            "the job ended " + state.word() + (output.isPresent() ? " with" : " without")
                + " an output; a final job has one and no other job does");
      }
      if (reason.isEmpty() && state.needsReason()) {
        throw new IllegalArgumentException("the job ended " + state.word() + " without a reason; it must say why");
      }
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Channel channel() {
      return Channel.ENDED;
    }
  }

  /**
   * Somebody asked to look at the job again, though no part of it changed: the sweep, a cancellation, a person.
   *
   * @param occasion what asked and, if it asks repeatedly, when, such as {@code cancel} or {@code sweep-29418315};
   *     the same occasion is the same fact
   */
  record ReviewRequested(JobId jobId, String occasion) implements Fact {

    public static final String TYPE = "org.answerprint.review.requested.v1";

    public ReviewRequested {
      Checks.present(jobId, "the job id");
      Checks.identifier(occasion, "the occasion");
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Channel channel() {
      return Channel.PARTS;
    }

    @Override
    public String id() {
      return Ids.of(TYPE, jobId.value(), occasion);
    }
  }
}
