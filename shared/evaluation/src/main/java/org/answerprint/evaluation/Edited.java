package org.answerprint.evaluation;

import java.util.List;
import org.answerprint.pictures.Picture;

/**
 * What came of a task.
 *
 * @param frames as many as the task has, of the same size
 * @param seconds that it took, of all that the variant needs: encoding, depth, inversion, the steps, decoding
 */
record Edited(List<Picture> frames, double seconds) {

  double secondsPerFrame() {
    return seconds / frames.size();
  }
}
