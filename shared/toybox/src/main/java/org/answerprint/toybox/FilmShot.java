package org.answerprint.toybox;

import java.util.Objects;

/**
 * One shot of a film.
 *
 * @param scene what is seen; its moments 0 to 1 run over the shot's frames
 * @param start the film's first frame that shows any of it
 * @param end the film's first frame that no longer shows any of it; two shots that dissolve overlap
 */
public record FilmShot(Scene scene, int start, int end) {

  /** Refuses a null and, with an {@link IllegalArgumentException}, a shot without frames. */
  public FilmShot {
    Objects.requireNonNull(scene, "scene");
    Checks.range("a shot's start", start, 0, Integer.MAX_VALUE);
    Checks.range("a shot's end", end, start + 1L, Integer.MAX_VALUE);
  }

  /** What is seen, as {@link Scene#caption()} says it. */
  public String caption() {
    return scene.caption();
  }

  boolean shows(int frame) {
    return frame >= start && frame < end;
  }

  double moment(int frame) {
    return Renderer.moment(frame - start, end - start);
  }
}
