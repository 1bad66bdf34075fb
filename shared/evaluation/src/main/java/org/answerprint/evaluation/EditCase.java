package org.answerprint.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.answerprint.judges.Attribute;
import org.answerprint.pictures.Picture;
import org.answerprint.pipeline.PictureSize;
import org.answerprint.toybox.Attributes;
import org.answerprint.toybox.Motion;
import org.answerprint.toybox.Renderer;
import org.answerprint.toybox.Rendering;
import org.answerprint.toybox.Scene;

/**
 * One edit of the fixed set.
 *
 * @param name fit for a file's name; another edit has another name
 * @param kind what is asked for
 * @param scene what the clip shows
 * @param wanted what it is to show: the scene's own attributes but for those asked for
 * @param asked which attributes are to change
 * @param frames of the clip, spread evenly over the scene's moments
 */
public record EditCase(String name, EditKind kind, Scene scene, Attributes wanted, Set<Attribute> asked, int frames) {

  /** Clips longer than this are films, whose thirds are looked at apart. */
  static final int CLIP_FRAMES = 8;

  public EditCase {
    asked = Set.copyOf(asked);
  }

  /** Whether it is a film and no short clip. */
  public boolean isFilm() {
    return frames > CLIP_FRAMES;
  }

  /** Whether the object turns, so that what was hidden comes to be seen. */
  public boolean turns() {
    return scene.object().motion() == Motion.ROLLING_LEFT || scene.object().motion() == Motion.ROLLING_RIGHT;
  }

  /** The clip to edit. */
  public Task task(PictureSize size) {
    return new Task(name, rendered(scene, size), scene.stillCaption(), wanted.stillCaption(), Optional.of(truth(size)));
  }

  /** What a renderer makes of the edit: the same geometry with the wanted attributes. */
  public List<Picture> truth(PictureSize size) {
    return rendered(scene.with(wanted), size);
  }

  private List<Picture> rendered(Scene what, PictureSize size) {
    return IntStream.range(0, frames).mapToObj(frame -> {
      Rendering shown = Renderer.serial().render(what, frame, frames, size.width(), size.height());
      return Picture.of(shown.rgb(), shown.width(), shown.height());
    }).toList();
  }
}
