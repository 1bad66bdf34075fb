package org.answerprint.pictures;

/**
 * Puts a picture that was edited at a small size back at the size of its source, with the source's detail: a joint upsampling by the
 * fast guided filter (He and Sun, 2015, after He, Sun and Tang, "Guided Image Filtering", 2010, equations 19 to 21 for a guide in
 * colour). In every small window the edited colours are explained as a linear function of the source's; the functions are brought to
 * the large size, where they meet the source's own pixels. What they do not explain, a new pattern say, comes from the edited picture
 * by Lanczos' kernel. Stateless.
 *
 * @param radius of a window in pixels of the small picture, from 1
 * @param smoothness what variance of the source, of values from -1 to 1, counts as none: where it is less, nothing is read into it
 */
public record GuidedUpscale(int radius, double smoothness) {

  /** Chosen on edits of Toybox whose true outcome is known; see the module's rationale. */
  public static final GuidedUpscale USUAL = new GuidedUpscale(2, 1e-3);

  private static final int C = Picture.CHANNELS;
  /** Of each pixel: for each colour of the edit three factors and a summand. */
  private static final int TERMS = C * (C + 1);

  /** @throws IllegalArgumentException where a window is none, or the smoothness is not above 0 */
  public GuidedUpscale {
    if (radius < 1 || !(smoothness > 0)) {
      throw new IllegalArgumentException("windows of radius %d and smoothness %s".formatted(radius, smoothness));
    }
  }

  /**
   * The edited picture at the source's size.
   *
   * @param edited small
   * @param source large, of the same moment
   */
  public Picture apply(Picture edited, Picture source) {
    int width = edited.width();
    int height = edited.height();
    float[] guide = source.resized(width, height).planes();
    float[] terms = box(fit(guide, edited.planes(), width, height), TERMS, width, height);
    float[] rest = rest(terms, guide, edited.planes(), width * height);
    float[] large = Resampling.BILINEAR.resize(terms, TERMS, width, height, source.width(), source.height());
    float[] result = Resampling.LANCZOS.resize(rest, C, width, height, source.width(), source.height());
    addExplained(large, source.planes(), source.width() * source.height(), result);
    return new Picture(source.width(), source.height(), result);
  }

  /** Window by window: covariances of the guide, and of guide and edit, to the linear functions {@code [TERMS, h, w]}. */
  private float[] fit(float[] guide, float[] edit, int width, int height) {
    int n = width * height;
    float[] meanGuide = box(guide, C, width, height);
    float[] meanEdit = box(edit, C, width, height);
    float[] meanSquares = box(products(guide, guide, n), C * C, width, height);
    float[] meanProducts = box(products(guide, edit, n), C * C, width, height);
    float[] terms = new float[TERMS * n];
    double[] covariance = new double[C * C];
    double[] inverse = new double[C * C];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < C * C; k++) {
        covariance[k] = meanSquares[k * n + i] - (double) meanGuide[k / C * n + i] * meanGuide[k % C * n + i]
            + (k / C == k % C ? smoothness : 0);
      }
      invert(covariance, inverse);
      for (int e = 0; e < C; e++) {
        double summand = meanEdit[e * n + i];
        for (int g = 0; g < C; g++) {
          double factor = 0;
          for (int k = 0; k < C; k++) {
            factor += inverse[g * C + k]
                * (meanProducts[(k * C + e) * n + i] - (double) meanGuide[k * n + i] * meanEdit[e * n + i]);
          }
          terms[(e * (C + 1) + g) * n + i] = (float) factor;
          summand -= factor * meanGuide[g * n + i];
        }
        terms[(e * (C + 1) + C) * n + i] = (float) summand;
      }
    }
    return terms;
  }

  /** What the functions leave unexplained of the edited picture. */
  private static float[] rest(float[] terms, float[] guide, float[] edit, int n) {
    float[] explained = new float[C * n];
    addExplained(terms, guide, n, explained);
    for (int i = 0; i < explained.length; i++) {
      explained[i] = edit[i] - explained[i];
    }
    return explained;
  }

  private static void addExplained(float[] terms, float[] guide, int n, float[] result) {
    for (int e = 0; e < C; e++) {
      int at = e * (C + 1) * n;
      for (int i = 0; i < n; i++) {
        result[e * n + i] += terms[at + i] * guide[i] + terms[at + n + i] * guide[n + i] + terms[at + 2 * n + i] * guide[2 * n + i]
            + terms[at + 3 * n + i];
      }
    }
  }

  private static float[] products(float[] a, float[] b, int n) {
    float[] products = new float[C * C * n];
    for (int k = 0; k < C * C; k++) {
      for (int i = 0; i < n; i++) {
        products[k * n + i] = a[k / C * n + i] * b[k % C * n + i];
      }
    }
    return products;
  }

  /** The mean over the window around each pixel, as far as it lies inside. */
  private float[] box(float[] maps, int count, int width, int height) {
    float[] across = new float[maps.length];
    mean(maps, across, count * height, width, 1);
    float[] result = new float[maps.length];
    mean(across, result, count, height, width);
    return result;
  }

  private void mean(float[] from, float[] to, int outer, int length, int inner) {
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < length; i++) {
        int first = Math.max(0, i - radius);
        int last = Math.min(length - 1, i + radius);
        float share = 1f / (last - first + 1);
        int at = (o * length + i) * inner;
        for (int j = first; j <= last; j++) {
          int row = (o * length + j) * inner;
          for (int x = 0; x < inner; x++) {
            to[at + x] += share * from[row + x];
          }
        }
      }
    }
  }

  /** Of a symmetric matrix of three rows whose determinant is above 0. */
  private static void invert(double[] m, double[] inverse) {
    double a = m[4] * m[8] - m[5] * m[5];
    double b = m[2] * m[5] - m[1] * m[8];
    double c = m[1] * m[5] - m[2] * m[4];
    double determinant = m[0] * a + m[1] * b + m[2] * c;
    inverse[0] = a / determinant;
    inverse[1] = inverse[3] = b / determinant;
    inverse[2] = inverse[6] = c / determinant;
    inverse[4] = (m[0] * m[8] - m[2] * m[2]) / determinant;
    inverse[5] = inverse[7] = (m[1] * m[2] - m[0] * m[5]) / determinant;
    inverse[8] = (m[0] * m[4] - m[1] * m[1]) / determinant;
  }
}
