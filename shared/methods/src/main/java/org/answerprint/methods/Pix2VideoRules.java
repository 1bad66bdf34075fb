package org.answerprint.methods;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.answerprint.pix2video.References;
import org.answerprint.recipe.MethodRules;
import org.answerprint.recipe.OptionRule;
import org.answerprint.recipe.OptionValue;
import org.answerprint.recipe.Options;
import org.answerprint.recipe.Problem;

/** What recipes may say of {@code pix2video}. */
final class Pix2VideoRules implements MethodRules {

  static final String NAME = "pix2video";
  /** What comes with the program: small, and of the Toybox alone. */
  static final String OUR_OWN_MODEL = "toybox-image";
  static final String GUIDANCE = "guidance";
  static final String NEGATIVE = "negativePrompt";
  static final String REFERENCES = "references";
  static final String LAYERS = "layers";
  static final String KAPPA = "kappa";
  static final String GUIDED_STEPS = "guidedSteps";
  static final String START = "start";
  static final String DEPTH = "depthRange";
  static final String RESOLUTION = "resolution";

  static final String RANDOM_START = "random";
  static final String CLIP_DEPTH = "clip";

  /** In which layers frames attend to others. */
  enum Layers { DECODER, LATE, ALL }

  private final MethodRules options = MethodRules.of(NAME, List.of(
      number(GUIDANCE, 0, 50, false),
      new OptionRule(NEGATIVE, false, value -> value instanceof OptionValue.Text(var text) && text.length() <= 1000, "text of at most 1000 characters"),
      word(REFERENCES, Stream.of(References.values()).map(References::name).map(String::toLowerCase).toList()),
      word(LAYERS, Stream.of(Layers.values()).map(Layers::name).map(String::toLowerCase).toList()),
      number(KAPPA, 0, 1, false),
      number(GUIDED_STEPS, 0, 1000, true),
      word(START, List.of("inverted", RANDOM_START)),
      word(DEPTH, List.of("frame", CLIP_DEPTH)),
      number(RESOLUTION, 16, 2048, true)));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean needsPrompt() {
    return true;
  }

  @Override
  public boolean needsModel() {
    return true;
  }

  @Override
  public Optional<String> defaultModel() {
    return Optional.of(OUR_OWN_MODEL);
  }

  @Override
  public List<Problem> check(Options given, String path) {
    return options.check(given, path);
  }

  static Layers layers(Options options) {
    return options.text(LAYERS).map(word -> Layers.valueOf(word.toUpperCase(java.util.Locale.ROOT))).orElse(Layers.DECODER);
  }

  static References references(Options options) {
    return options.text(REFERENCES).map(word -> References.valueOf(word.toUpperCase(java.util.Locale.ROOT))).orElse(References.BOTH);
  }

  static Optional<Double> decimal(Options options, String name) {
    return options.number(name).map(BigDecimal::doubleValue);
  }

  static Optional<Integer> whole(Options options, String name) {
    return options.number(name).map(BigDecimal::intValueExact);
  }

  private static OptionRule number(String name, int least, int most, boolean whole) {
    return new OptionRule(name, false, value -> value instanceof OptionValue.Number(var number)
        && number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0
        && (!whole || number.scale() <= 0), "a %snumber from %d to %d".formatted(whole ? "whole " : "", least, most));
  }

  private static OptionRule word(String name, List<String> words) {
    return new OptionRule(name, false, value -> value instanceof OptionValue.Text(var word) && words.contains(word),
        "one of " + String.join(", ", words));
  }
}
