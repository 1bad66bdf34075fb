package org.answerprint.jobs;

import java.util.Objects;
import org.answerprint.events.TaskKey;

/**
 * One piece of a shot to be edited: frames {@code firstFrame .. firstFrame + frames} of the shot's index.
 *
 * @param key hash of everything that the take's bytes depend on
 * @param shot from 1
 * @param piece from 1; methods that look at one frame at a time edit a long shot in pieces
 * @param firstFrame from 0, within the shot
 * @param frames how many
 * @param headFrames how many of them, at the start, leave through the handle pack instead of the segment
 * @param tailFrames how many of them, at the end, do
 * @param method the method's name; {@code none} where this is the fallback of a failed shot
 * @param fallback whether this stands in for a failed task
 */
public record EditTask(
    TaskKey key, int shot, int piece, int firstFrame, int frames, int headFrames, int tailFrames, String method, boolean fallback) {

  public EditTask {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(method, "method");
    if (frames < 1 || firstFrame < 0 || headFrames < 0 || tailFrames < 0 || headFrames + tailFrames >= frames) {
      throw new IllegalArgumentException("an edit keeps at least one frame in its segment: " + frames + " frames, handles "
          + headFrames + " and " + tailFrames);
    }
  }
}
