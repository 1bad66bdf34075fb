package org.answerprint.toybox;

/** A convex form about the origin of the object's own frame. Safe to share between threads. */
sealed interface Solid permits Ball, Block, Cylinder, Cone {
  /** The radius of a ball about the origin that holds the form. */
  double reach();

  /**
   * Whether a ray that starts outside meets the form; if so, says where in {@code hit}. The direction may have any
   * length but zero.
   */
  boolean meets(double x, double y, double z, double towardsX, double towardsY, double towardsZ, Hit hit);
}
