package org.answerprint.shots;

/**
 * What may be a change of shot, with what was measured of it and how sure that makes it.
 *
 * @param change where and of what kind
 * @param measures what {@link Judge} weighs
 * @param sure 0 to 1
 */
record Proposal(Change change, float[] measures, float sure) {

  /** Whether both cannot be true. */
  boolean excludes(Proposal other) {
    return change.start() <= other.change.end() + 1 && other.change.start() <= change.end() + 1;
  }
}
