package org.answerprint.graph;

/** How resizing reads between elements. Names and results are PyTorch's {@code interpolate}. */
public enum Interpolation {
  /** The element at floor(place * old / new). */
  NEAREST,
  /** Linear along each axis, elements in the middle of their cells ({@code align_corners=False}). */
  LINEAR,
  /** Linear along each axis, the first and the last element staying where they are ({@code align_corners=True}). */
  LINEAR_ALIGNED;

  Attributes attributes() {
    return switch (this) {
      case NEAREST -> Attributes.NONE.and("mode", "nearest").and("coordinate_transformation_mode", "asymmetric")
          .and("nearest_mode", "floor");
      case LINEAR -> Attributes.NONE.and("mode", "linear").and("coordinate_transformation_mode", "half_pixel");
      case LINEAR_ALIGNED -> Attributes.NONE.and("mode", "linear").and("coordinate_transformation_mode", "align_corners");
    };
  }

  /** The weight of each old element (column) in each new one (row). */
  double[][] matrix(int newLength, int oldLength) {
    double[][] weights = new double[newLength][oldLength];
    for (int row = 0; row < newLength; row++) {
      if (this == NEAREST) {
        weights[row][(int) ((long) row * oldLength / newLength)] = 1;
      } else {
        double place = Math.clamp(place(row, newLength, oldLength), 0, oldLength - 1);
        int left = Math.min((int) place, oldLength - 1);
        int right = Math.min(left + 1, oldLength - 1);
        weights[row][left] += 1 - (place - left);
        weights[row][right] += place - left;
      }
    }
    return weights;
  }

  private double place(int row, int newLength, int oldLength) {
    return this == LINEAR ? (row + 0.5) * oldLength / newLength - 0.5
        : newLength == 1 ? 0 : (double) row * (oldLength - 1) / (newLength - 1);
  }
}
