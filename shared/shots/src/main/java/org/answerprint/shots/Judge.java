package org.answerprint.shots;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringTokenizer;
import org.answerprint.faults.InternalFault;

/**
 * Weighs measures of a possible change: a net with one hidden layer. Its weights were fitted by {@code ShotTraining} to
 * labelled films and lie beside this class as text. Safe to share.
 */
final class Judge {

  private final float[] mean;
  private final float[] scale;
  private final float[][] hidden;
  private final float[] output;

  /**
   * @param mean of each measure
   * @param scale what each is multiplied with after its mean is taken away
   * @param hidden rows of one weight per measure and a bias
   * @param output one weight per hidden row and a bias
   */
  Judge(float[] mean, float[] scale, float[][] hidden, float[] output) {
    this.mean = mean;
    this.scale = scale;
    this.hidden = hidden;
    this.output = output;
  }

  /** The judge whose weights lie in {@code NAME.weights}. */
  static Judge named(String name) {
    try (InputStream in = Judge.class.getResourceAsStream(name + ".weights")) {
      if (in == null) {
        throw new InternalFault("the weights " + name + " of the shot detector are not on the class path");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      float[] mean = row(lines.readLine());
      float[] scale = row(lines.readLine());
      float[] output = row(lines.readLine());
      float[][] hidden = new float[output.length - 1][];
      for (int i = 0; i < hidden.length; i++) {
        hidden[i] = row(lines.readLine());
      }
      return new Judge(mean, scale, hidden, output);
    } catch (IOException e) {
      throw new InternalFault("the weights " + name + " of the shot detector cannot be read: " + e.getMessage());
    }
  }

  private static float[] row(String line) {
    StringTokenizer words = new StringTokenizer(line);
    float[] row = new float[words.countTokens()];
    for (int i = 0; i < row.length; i++) {
      row[i] = Float.parseFloat(words.nextToken());
    }
    return row;
  }

  /** How sure the measures make a change, 0 to 1. */
  float sure(float[] measures) {
    int last = output.length - 1;
    double sum = output[last];
    for (int i = 0; i < last; i++) {
      double inner = hidden[i][measures.length];
      for (int k = 0; k < measures.length; k++) {
        inner += hidden[i][k] * (measures[k] - mean[k]) * scale[k];
      }
      sum += output[i] * Math.tanh(inner);
    }
    return (float) (1 / (1 + Math.exp(-sum)));
  }

  /** The weights as text. */
  String text() {
    StringBuilder out = new StringBuilder();
    append(out, mean);
    append(out, scale);
    append(out, output);
    Arrays.stream(hidden).forEach(row -> append(out, row));
    return out.toString();
  }

  private static void append(StringBuilder out, float[] row) {
    for (int i = 0; i < row.length; i++) {
      out.append(i == 0 ? "" : " ").append(String.format(Locale.ROOT, "%.4g", row[i]));
    }
    out.append('\n');
  }
}
