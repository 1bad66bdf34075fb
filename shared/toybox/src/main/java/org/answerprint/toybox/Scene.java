package org.answerprint.toybox;

import java.util.Objects;

/**
 * A complete description of one clip: the same scene always gives the same pictures.
 *
 * @param object what is seen
 * @param setting where it is seen, and how
 */
public record Scene(ToyObject object, Setting setting) {

  /** Refuses nulls. */
  public Scene {
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(setting, "setting");
  }

  /** What a caption says of this scene. */
  public Attributes attributes() {
    return new Attributes(object.pattern(), object.colour(), object.material(), object.shape(), object.motion(),
        setting.place(), setting.camera());
  }

  /** The same geometry with other attributes: the perfect edit of this scene. */
  public Scene with(Attributes other) {
    return new Scene(
        new ToyObject(other.pattern(), other.colour(), other.material(), other.shape(), other.motion(),
            object.size(), object.x(), object.z(), object.yawDegrees()),
        new Setting(other.place(), other.camera(),
            setting.cameraHeight(), setting.lightSide(), setting.groundSeed()));
  }

  /** The clip's caption, as {@link Attributes#caption()} writes it. */
  public String caption() {
    return attributes().caption();
  }

  /** A single picture's caption, as {@link Attributes#stillCaption()} writes it. */
  public String stillCaption() {
    return attributes().stillCaption();
  }
}
