/**
 * A little ray-traced world with captions, true depth and true motion: one object on a ground plane, seen by a camera.
 *
 * <p>{@link org.answerprint.toybox.Scenes} makes a {@link org.answerprint.toybox.Scene} from a seed,
 * {@link org.answerprint.toybox.Renderer} makes its pictures, and {@link org.answerprint.toybox.SampleFilm} is a short
 * film of five scenes with sound. Everything is a pure function of its arguments and gives the same bits on every
 * machine and with any number of threads: the code uses only the four basic operations, square roots and, once a frame,
 * {@link java.lang.StrictMath}.
 *
 * <p>The world is measured in units of about the object's size: x to the right, y up, z away from the camera, which
 * stands 3.8 units in front of the origin.
 */
package org.answerprint.toybox;
