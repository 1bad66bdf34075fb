package org.answerprint.methods;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.recipe.ShotRecipe;

/**
 * What a method is given.
 *
 * @param frames the source's frames, upright, in the film's size
 * @param count how many there are
 * @param format the layout of the film's frames, best for methods that work on them as they are
 * @param width of the film's frames, in pixels
 * @param height of the film's frames, in pixels
 * @param pixelAspect width of a pixel over its height, as the film is shown
 * @param colour of the film's frames
 * @param recipe what is asked for
 * @param assets local copies of the objects that the recipe's options name, by key
 * @param equipment what methods that generate work with
 * @param monitor to be told of progress; checks for cancellation
 */
public record EditRequest(
    ShotFrames frames,
    int count,
    PixelFormat format,
    int width,
    int height,
    double pixelAspect,
    Colour colour,
    ShotRecipe recipe,
    Map<String, Path> assets,
    Equipment equipment,
    Monitor monitor) {

  public EditRequest {
    Objects.requireNonNull(frames, "frames");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(colour, "colour");
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(equipment, "equipment");
    Objects.requireNonNull(monitor, "monitor");
    assets = Map.copyOf(assets);
  }
}
