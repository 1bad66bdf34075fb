package org.answerprint.methods;

import java.util.List;
import org.answerprint.faults.RequestFault;
import org.answerprint.media.EncoderSettings;
import org.answerprint.recipe.MethodCatalogue;
import org.answerprint.recipe.ShotRecipe;

/** Every method there is. */
public final class Methods {

  public static final String NONE = "none";

  /** Decoding, in a process of its own, and encoding, in a processor second: {@code EffortBenchmark} says 20.6 to 21.0 million. */
  private static final double CODED_PIXELS_PER_SECOND = 20e6;
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

  /** What so many times the decoding and encoding of one frame take. */
  static Effort passes(double count, EncoderSettings film) {
    return new Effort(0, count * film.width() * film.height() / CODED_PIXELS_PER_SECOND);
  }
}
