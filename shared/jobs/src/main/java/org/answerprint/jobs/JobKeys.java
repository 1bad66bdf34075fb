package org.answerprint.jobs;

import java.time.Instant;
import java.util.Locale;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;

/** Where everything lies. Shots count from 1. */
public final class JobKeys {

  public static final String OPEN = "jobs/open/";

  /** The folder of {@link #atWork} signs. */
  public static final String AT_WORK = "jobs/at-work/";

  /** The folder of {@link #seen} marks. */
  public static final String SEEN = "uploads/";
  static final String JOBS = "jobs/";
  private static final String RECEIPT = ".receipt";

  private JobKeys() {}

  public static String folder(JobId job) {
    return JOBS + job + "/";
  }

  public static String open(JobId job) {
    return OPEN + job;
  }

  public static String job(JobId job) {
    return folder(job) + "job.json";
  }

  public static String plan(JobId job) {
    return folder(job) + "plan.json";
  }

  public static String end(JobId job) {
    return folder(job) + "end.json";
  }

  public static String cancelled(JobId job) {
    return folder(job) + "cancelled";
  }

  public static String shotsFolder(JobId job) {
    return folder(job) + "shots/";
  }

  public static String shotIndex(JobId job, int shot) {
    return shotsFolder(job) + number(shot) + ".index.json";
  }

  /** The representative picture of a shot before it is edited. */
  public static String shotPicture(JobId job, int shot) {
    return shotsFolder(job) + number(shot) + ".jpg";
  }

  public static String doneFolder(JobId job) {
    return folder(job) + "done/";
  }

  public static String done(JobId job, TaskKey task) {
    return doneFolder(job) + task;
  }

  public static String failedFolder(JobId job) {
    return folder(job) + "failed/";
  }

  public static String failed(JobId job, TaskKey task) {
    return failedFolder(job) + task;
  }

  public static String triesFolder(JobId job) {
    return folder(job) + "try/";
  }

  /** A mark written before an attempt's work begins; attempts count from 1. */
  public static String attempt(JobId job, String task, int attempt) {
    return triesFolder(job) + task + "/" + attempt;
  }

  public static String spentFolder(JobId job) {
    return folder(job) + "spent/";
  }

  /** The mark of an attempt that came to nothing; numbers that do not count are used again, so the time it began is in it. */
  public static String spent(JobId job, TaskKey task, int attempt, Instant begun) {
    return spentFolder(job) + task + "/" + attempt + "-" + begun.toEpochMilli();
  }

  public static String checkpoints(JobId job, TaskKey task) {
    return folder(job) + "checkpoints/" + task + "/";
  }

  static String submittedFolder(JobId job) {
    return folder(job) + "submitted/";
  }

  /** Marks of jobs that were handed in to do a stage's work elsewhere. */
  public static String submissions(JobId job, String stage) {
    return submittedFolder(job) + stage + "/";
  }

  /** A mark written before a job is handed in; submissions count from 1. */
  public static String submission(JobId job, String stage, int number) {
    return submissions(job, stage) + number;
  }

  /** A mark written when a job is handed in. */
  public static String receipt(JobId job, String stage, int number) {
    return submission(job, stage, number) + RECEIPT;
  }

  public static boolean isReceipt(String key) {
    return key.endsWith(RECEIPT);
  }

  static String progressFolder(JobId job) {
    return folder(job) + "progress/";
  }

  /** The newest word on a running task's progress; the one object that is overwritten, and nothing depends on it. */
  public static String progress(JobId job, TaskKey task) {
    return progressFolder(job) + task;
  }

  /** Names the job whose worker is at a task that other jobs may share; overwritten, and nothing depends on it. */
  public static String atWork(TaskKey task) {
    return AT_WORK + task;
  }

  /** The edited segment of a shot or of a piece of it. Written last: where it is, everything beside it is. */
  public static String take(TaskKey task) {
    return "takes/" + task + ".segment";
  }

  public static String takeHandles(TaskKey task) {
    return "takes/" + task + ".handles";
  }

  public static String takePicture(TaskKey task) {
    return "takes/" + task + ".jpg";
  }

  public static String takeFacts(TaskKey task) {
    return "takes/" + task + ".json";
  }

  public static String transition(TaskKey task) {
    return "transitions/" + task + ".segment";
  }

  public static String transitionFacts(TaskKey task) {
    return "transitions/" + task + ".json";
  }

  /** A mark that an upload, or a recipe that asks for a job, has been seen to; as old as the last look at it. */
  public static String seen(String uploadHash) {
    return SEEN + uploadHash;
  }

  /** A letter that the dead-letter topic did not take; named so that the same letter is kept once. */
  public static String deadLetter(String name) {
    return "dead-letters/" + name + ".json";
  }

  public static String waitingFolder(String inputHash) {
    return "stories/waiting/" + inputHash + "/";
  }

  private static String number(int shot) {
    return String.format(Locale.ROOT, "%04d", shot);
  }
}
