package org.answerprint.shots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Fits the weights of the three judges to labelled films of the kinds of content that are not held out. Arguments: where
 * weights go (one of {@code hard}, {@code fade}, {@code gradual} or {@code all}, then the resource folder), first seed,
 * number of films, and a folder to keep the films in. To be run twice, {@code hard} first: gradual changes are sought
 * between the cuts that it is sure of. The same arguments give the same weights.
 */
final class ShotTraining {

  private static final int NETS = 4;
  private static final int HIDDEN = 10;
  private static final int EPOCHS = 160;

  private record Sample(float[] measures, float target, boolean checks) {}

  private ShotTraining() {}

  public static void main(String[] arguments) throws IOException {
    String which = arguments[0];
    Path weights = Path.of(arguments[1]);
    long first = Long.parseLong(arguments[2]);
    int films = Integer.parseInt(arguments[3]);
    Path folder = Files.createDirectories(Path.of(arguments[4]));
    List<Sample> hard = new ArrayList<>();
    List<Sample> fade = new ArrayList<>();
    List<Sample> gradual = new ArrayList<>();
    for (long seed = first; seed < first + films; seed++) {
      SyntheticFilm film = ShotBenchmark.film(seed, Scenery.Kind.CHOSEN_ON);
      EncodedFilm encoded = EncodedFilm.of(film, seed, folder);
      boolean checks = seed % 4 == 0;
      ShotDetector detector = new ShotDetector(encoded.timeBase(), ShotOptions.defaults(), shot -> { }, proposal -> {
        float target = target(proposal.change(), film);
        if (target >= 0) {
          List<Sample> list = switch (proposal.change().cut()) {
            case HARD -> hard;
            case FADE -> fade;
            default -> gradual;
          };
          list.add(new Sample(proposal.measures(), target, checks));
        }
      });
      encoded.frames().forEach(detector::put);
      detector.finish();
    }
    if (which.equals("all") || which.equals("hard")) {
      fit("hard", hard, weights);
    }
    if (which.equals("all") || which.equals("fade")) {
      fit("fade", fade, weights);
    }
    if (which.equals("all") || which.equals("gradual")) {
      fit("gradual", gradual, weights);
    }
  }

  /** 0 to 1, or below 0 for what should teach nothing. */
  private static float target(Change change, SyntheticFilm film) {
    boolean hard = change.cut() == Cut.HARD;
    float best = 0;
    boolean otherKind = false;
    for (SyntheticFilm.Change truth : film.changes()) {
      if (hard) {
        best = truth.cut() == Cut.HARD && truth.start() == change.start() ? 1 : best;
      } else if (truth.end() > truth.start()) {
        float both = Math.max(0, Math.min(truth.end(), change.end()) - Math.max(truth.start(), change.start()));
        float common = both / (Math.max(truth.end(), change.end()) - Math.min(truth.start(), change.start()));
        otherKind = common > best ? (truth.cut() == Cut.FADE) != (change.cut() == Cut.FADE) : otherKind;
        best = Math.max(best, common);
      }
    }
    if (hard) {
      return best;
    }
    return otherKind && best > 0.3 || best > 0.3 && best < 0.45 ? -1 : best < 0.4 ? 0 : 0.5f + best / 2;
  }

  /** Prints how well three films in four foretell the fourth, then writes what all of them teach. */
  private static void fit(String name, List<Sample> samples, Path folder) throws IOException {
    Judge trial = train(samples.stream().filter(sample -> !sample.checks).toList());
    int[][] right = new int[2][2];
    for (Sample sample : samples.stream().filter(Sample::checks).toList()) {
      right[sample.target > 0.5 ? 1 : 0][trial.sure(sample.measures) > 0.5 ? 1 : 0]++;
    }
    System.out.printf(Locale.ROOT, "%s: %d samples; unseen films: %d of %d true ones, %d of %d false ones taken%n",
        name, samples.size(), right[1][1], right[1][0] + right[1][1], right[0][1], right[0][0] + right[0][1]);
    Files.writeString(folder.resolve(name + ".weights"), train(samples).text());
  }

  private static Judge train(List<Sample> samples) {
    int inputs = samples.getFirst().measures.length;
    float[] mean = new float[inputs];
    float[] scale = new float[inputs];
    for (int k = 0; k < inputs; k++) {
      double sum = 0;
      double squares = 0;
      for (Sample sample : samples) {
        sum += sample.measures[k];
        squares += (double) sample.measures[k] * sample.measures[k];
      }
      mean[k] = (float) (sum / samples.size());
      double variance = squares / samples.size() - (double) mean[k] * mean[k];
      scale[k] = (float) (variance < 1e-9 ? 0 : 1 / Math.sqrt(variance));
    }
    float[][] hidden = new float[NETS * HIDDEN][];
    float[] output = new float[NETS * HIDDEN + 1];
    for (int net = 0; net < NETS; net++) {
      new Net(inputs, mean, scale, net).fit(samples).into(hidden, output, net * HIDDEN);
    }
    return new Judge(mean, scale, hidden, output);
  }

  /** One hidden layer; Adam on the cross entropy, with a little decay. */
  private static final class Net {
    private final int inputs;
    private final float[] mean;
    private final float[] scale;
    private final double[] weights;
    private final double[] gradient;
    private final double[] first;
    private final double[] second;
    private final SplittableRandom random;
    private int steps;

    Net(int inputs, float[] mean, float[] scale, long seed) {
      random = new SplittableRandom(seed);
      this.inputs = inputs;
      this.mean = mean;
      this.scale = scale;
      weights = new double[HIDDEN * (inputs + 1) + HIDDEN + 1];
      gradient = new double[weights.length];
      first = new double[weights.length];
      second = new double[weights.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = random.nextDouble(-1, 1) / Math.sqrt(inputs);
      }
    }

    Net fit(List<Sample> samples) {
      int[] order = new int[samples.size()];
      java.util.Arrays.setAll(order, i -> i);
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (int i = order.length - 1; i > 0; i--) {
          int j = random.nextInt(i + 1);
          int held = order[i];
          order[i] = order[j];
          order[j] = held;
        }
        double rate = 0.006 * (1 + Math.cos(Math.PI * epoch / EPOCHS)) / 2 + 1e-5;
        for (int from = 0; from < order.length; from += 32) {
          int to = Math.min(order.length, from + 32);
          java.util.Arrays.fill(gradient, 0);
          for (int i = from; i < to; i++) {
            learn(samples.get(order[i]), 1.0 / (to - from));
          }
          step(rate);
        }
      }
      return this;
    }

    private void learn(Sample sample, double weight) {
      double[] x = new double[inputs];
      double[] h = new double[HIDDEN];
      int base = HIDDEN * (inputs + 1);
      double sum = weights[base + HIDDEN];
      for (int k = 0; k < inputs; k++) {
        x[k] = (sample.measures[k] - mean[k]) * scale[k];
      }
      for (int j = 0; j < HIDDEN; j++) {
        int row = j * (inputs + 1);
        double inner = weights[row + inputs];
        for (int k = 0; k < inputs; k++) {
          inner += weights[row + k] * x[k];
        }
        h[j] = Math.tanh(inner);
        sum += weights[base + j] * h[j];
      }
      double error = weight * (1 / (1 + Math.exp(-sum)) - sample.target);
      gradient[base + HIDDEN] += error;
      for (int j = 0; j < HIDDEN; j++) {
        gradient[base + j] += error * h[j];
        double back = error * weights[base + j] * (1 - h[j] * h[j]);
        int row = j * (inputs + 1);
        gradient[row + inputs] += back;
        for (int k = 0; k < inputs; k++) {
          gradient[row + k] += back * x[k];
        }
      }
    }

    private void step(double rate) {
      steps++;
      double one = 1 - Math.pow(0.9, steps);
      double two = 1 - Math.pow(0.999, steps);
      for (int i = 0; i < weights.length; i++) {
        double g = gradient[i];
        first[i] = 0.9 * first[i] + 0.1 * g;
        second[i] = 0.999 * second[i] + 0.001 * g * g;
        weights[i] -= rate * (first[i] / one / (Math.sqrt(second[i] / two) + 1e-8) + 0.05 * weights[i]);
      }
    }

    /** Writes this net's part of the mean of several, which is one wider net. */
    void into(float[][] hidden, float[] output, int at) {
      int base = HIDDEN * (inputs + 1);
      for (int j = 0; j < HIDDEN; j++) {
        hidden[at + j] = new float[inputs + 1];
        for (int k = 0; k <= inputs; k++) {
          hidden[at + j][k] = (float) weights[j * (inputs + 1) + k];
        }
        output[at + j] = (float) weights[base + j] / NETS;
      }
      output[output.length - 1] += (float) weights[base + HIDDEN] / NETS;
    }
  }
}
