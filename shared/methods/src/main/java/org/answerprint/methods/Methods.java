package org.answerprint.methods;

import java.util.List;
import org.answerprint.faults.RequestFault;
import org.answerprint.recipe.MethodCatalogue;
import org.answerprint.recipe.ShotRecipe;

/** Every method there is. */
public final class Methods {

  public static final String NONE = "none";

  private static final double ENCODED_PIXELS_PER_SECOND = 20e6;
  private static final List<EditMethod> ALL = List.of(new LookMethod(), new NoneMethod(), new Pix2VideoMethod());

  private Methods() {}

  /** What recipes may say. */
  public static MethodCatalogue catalogue() {
    return MethodCatalogue.of(ALL.stream().map(EditMethod::rules).toList(), MethodCatalogue.BUILT_IN.transitions());
  }

  /**
   * The method of that name.
   *
   * @throws RequestFault where there is none, naming those that there are
   */
  public static EditMethod byName(String name) {
    return ALL.stream().filter(method -> method.name().equals(name)).findFirst().orElseThrow(() -> new RequestFault(
        "there is no method called '" + name + "'; use one of " + String.join(", ", ALL.stream().map(EditMethod::name).toList())));
  }

  /** The recipe that gives a shot back as it is. */
  public static ShotRecipe plain() {
    return ShotRecipe.DEFAULT;
  }

  /** Seconds that decoding and encoding one frame takes at most on one core. */
  static double encodeSeconds(int width, int height) {
    return width * (double) height / ENCODED_PIXELS_PER_SECOND;
  }
}
