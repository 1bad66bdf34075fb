package org.answerprint.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One step of AdamW as a graph of its own, equal to PyTorch's {@code clip_grad_norm_} followed by its {@code AdamW}.
 *
 * <p>Inputs: {@code learning_rate} and {@code step} (the first one is 1), one FLOAT each, and for each parameter, in FLOAT,
 * {@code {name}}, {@code grad.{name}}, {@code moment1.{name}} and {@code moment2.{name}} (zeros before the first step). Outputs:
 * {@code next.{name}}, {@code next.moment1.{name}}, {@code next.moment2.{name}}, and {@code gradient_norm}, the norm of all
 * gradients together before clipping.
 */
public final class AdamW {

  public static final String LEARNING_RATE = "learning_rate";
  public static final String STEP = "step";
  public static final String GRADIENT_NORM = "gradient_norm";

  /**
   * What does not change between steps.
   *
   * @param clipNorm the norm of all gradients together to which longer ones are shortened; empty for never
   */
  public record Settings(double beta1, double beta2, double epsilon, double weightDecay, OptionalDouble clipNorm) {

    /** Betas 0.9 and 0.999, epsilon 1e-8, weight decay 0.01, gradients clipped to norm 1. */
    public static Settings usual() {
      return new Settings(0.9, 0.999, 1e-8, 0.01, OptionalDouble.of(1));
    }
  }

  private static final double CLIP_EPSILON = 1e-6;

  private final GraphBuilder g = GraphBuilder.create();
  private final Settings settings;
  private final Tensor rate = g.input(LEARNING_RATE, ElementType.FLOAT, Shape.SCALAR);
  private final Tensor step = g.input(STEP, ElementType.FLOAT, Shape.SCALAR);

  private AdamW(Settings settings) {
    this.settings = settings;
  }

  /** The first-moment input and, after {@code next.}, output of a parameter. */
  public static String moment1(String name) {
    return "moment1." + name;
  }

  /** The second-moment input and, after {@code next.}, output of a parameter. */
  public static String moment2(String name) {
    return "moment2." + name;
  }

  /** The output that takes the place of a parameter or a moment. */
  public static String next(String name) {
    return "next." + name;
  }

  /** The step for these parameters, which are FLOAT; at least one. */
  public static Graph of(List<NamedType> parameters, Settings settings) {
    AdamW adam = new AdamW(settings);
    return adam.all(parameters);
  }

  private Graph all(List<NamedType> parameters) {
    List<Tensor> gradients = new ArrayList<>();
    parameters.forEach(parameter -> gradients.add(
        g.input(TrainingGraph.gradient(parameter.name()), ElementType.FLOAT, parameter.type().shape())));
    Tensor norm = norm(gradients);
    g.output(GRADIENT_NORM, norm);
    for (int i = 0; i < gradients.size(); i++) {
      update(parameters.get(i), settings.clipNorm().isPresent() ? clipped(gradients.get(i), norm) : gradients.get(i));
    }
    return g.build();
  }

  private Tensor norm(List<Tensor> gradients) {
    return g.sqrt(gradients.stream().map(gradient -> g.sumOfAll(g.square(gradient))).reduce(g::add).orElseThrow());
  }

  private Tensor clipped(Tensor gradient, Tensor norm) {
    Tensor limit = g.scalar(ElementType.FLOAT, settings.clipNorm().orElseThrow());
    return g.multiply(gradient, g.smaller(g.divide(limit, g.add(norm, CLIP_EPSILON)), g.scalar(ElementType.FLOAT, 1)));
  }

  private void update(NamedType parameter, Tensor gradient) {
    String name = parameter.name();
    Tensor value = g.input(name, ElementType.FLOAT, parameter.type().shape());
    Tensor moment1 = moment(moment1(name), settings.beta1(), gradient, parameter);
    Tensor moment2 = moment(moment2(name), settings.beta2(), g.square(gradient), parameter);
    Tensor deviation = g.add(g.divide(g.sqrt(moment2), g.sqrt(correction(settings.beta2()))), settings.epsilon());
    Tensor change = g.multiply(g.divide(moment1, deviation), g.divide(rate, correction(settings.beta1())));
    Tensor decayed = g.multiply(value, g.subtract(1, g.multiply(rate, settings.weightDecay())));
    g.output(next(name), g.subtract(decayed, change));
  }

  private Tensor moment(String name, double beta, Tensor value, NamedType parameter) {
    Tensor before = g.input(name, ElementType.FLOAT, parameter.type().shape());
    Tensor after = g.add(g.multiply(before, beta), g.multiply(value, 1 - beta));
    g.output(next(name), after);
    return after;
  }

  /** 1 - beta^step; in double, since at the first steps little is left of 1. */
  private Tensor correction(double beta) {
    Tensor power = g.exp(g.multiply(g.cast(step, ElementType.DOUBLE), Math.log(beta)));
    return g.cast(g.subtract(1, power), ElementType.FLOAT);
  }
}
