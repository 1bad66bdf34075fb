package org.answerprint.evaluation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.pictures.Picture;

/**
 * A clip and what is to become of it.
 *
 * @param name fit for a file's name
 * @param frames of one size, that of the model
 * @param sourcePrompt says what they show
 * @param prompt says what they are to show
 * @param ideal what a perfect edit would be, where anybody knows: a renderer does, of its own scenes
 */
public record Task(String name, List<Picture> frames, String sourcePrompt, String prompt, Optional<List<Picture>> ideal) {

  /** @throws RequestFault where there are less than two frames: nothing can be said of their motion */
  public Task {
    Objects.requireNonNull(sourcePrompt, "sourcePrompt");
    Objects.requireNonNull(prompt, "prompt");
    frames = List.copyOf(frames);
    if (frames.size() < 2) {
      throw new RequestFault("%s has %d frames, and a clip has at least 2".formatted(name, frames.size()));
    }
  }
}
