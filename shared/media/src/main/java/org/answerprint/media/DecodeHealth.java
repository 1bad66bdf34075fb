package org.answerprint.media;

/**
 * What went wrong while decoding, and was passed over.
 *
 * @param errors packets that could not be read or decoded
 * @param corruptFrames frames the decoder delivered but marked as damaged
 * @param repairedTimes frames whose pts was missing or not behind the frame before, and was put right
 */
public record DecodeHealth(long errors, long corruptFrames, long repairedTimes) {

  /** Whether nothing was wrong. */
  public boolean clean() {
    return errors == 0 && corruptFrames == 0 && repairedTimes == 0;
  }
}
