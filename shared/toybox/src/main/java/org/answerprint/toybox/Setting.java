package org.answerprint.toybox;

import java.util.Objects;

/**
 * Everything about a scene that is not the object: the place, the camera and the light.
 *
 * @param place where the scene is
 * @param camera what the camera does
 * @param cameraHeight how high the camera is above the ground, 0.5 to 3; {@link Scenes} draws 1 to 1.5
 * @param lightSide how far to the right the distant light stands where it is 1.2 high and 0.7 towards the camera, -2 to
 *     2; {@link Scenes} draws -0.8 to 0.8
 * @param groundSeed decides where the ground is lighter and where it is darker; any value
 */
public record Setting(Place place, CameraMove camera, double cameraHeight, double lightSide, long groundSeed) {

  /** Refuses nulls and, with an {@link IllegalArgumentException}, numbers outside their ranges. */
  public Setting {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(camera, "camera");
    Checks.range("a camera's height", cameraHeight, 0.5, 3);
    Checks.range("a light's side", lightSide, -2, 2);
  }

  /** The direction towards the light, of length 1. */
  Vec light() {
    return new Vec(lightSide, 1.2, -0.7).normalised();
  }
}
