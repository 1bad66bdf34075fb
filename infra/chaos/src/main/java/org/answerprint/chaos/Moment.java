package org.answerprint.chaos;

/**
 * The appearance of an object: the moments between two writes, or between a write and the message about it, are where a
 * crash may hurt.
 *
 * @param of what is waited for
 * @param nth of those that appear from now on, from 1
 */
record Moment(Kind of, int nth) {

  /** Objects whose appearance tells where a stage is. */
  enum Kind {
    UPLOAD("-in/.*\\.(mp4|yaml|png)"),
    JOB("-work/jobs/[^/]+/job\\.json"),
    SHOT_INDEX("-work/jobs/[^/]+/shots/.*\\.index\\.json"),
    PLAN("-work/jobs/[^/]+/plan\\.json"),
    TASK_BEGUN("-work/jobs/[^/]+/try/[0-9a-f]{32}/.*"),
    ASSEMBLE_BEGUN("-work/jobs/[^/]+/try/assemble/.*"),
    TAKE_HANDLES("-work/takes/.*\\.handles"),
    TAKE("-work/takes/.*\\.segment"),
    TRANSITION("-work/transitions/.*\\.segment"),
    DONE("-work/jobs/[^/]+/done/.*"),
    REPORT("-out/.*\\.report\\.json"),
    FILM("-out/.*\\.mp4"),
    END("-work/jobs/[^/]+/end\\.json");

    private final String pattern;

    Kind(String pattern) {
      this.pattern = "[a-z]+" + pattern;
    }

    /** Whether an object of this path, bucket first, is one of them. */
    boolean matches(String path) {
      return path.matches(pattern);
    }
  }

  @Override
  public String toString() {
    return "the next " + of + (nth == 1 ? "" : " but " + (nth - 1));
  }
}
