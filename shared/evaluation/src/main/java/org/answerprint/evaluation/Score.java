package org.answerprint.evaluation;

import java.util.Optional;

/**
 * One edit by one variant.
 *
 * @param edit its name
 * @param frames of the clip
 * @param judged by the judges of the little world, where it is one of its clips
 * @param pixelMse Pixel-MSE along the optical flow of the source, over all pixels, in squared levels of 0 to 255
 * @param motion motion fidelity, from -1 to 1: to the known trajectory where there is one, else to point tracks of the source; empty
 *     where no point could be followed
 * @param secondsPerFrame on the machine that it ran on
 */
record Score(String edit, int frames, Optional<Judged> judged, double pixelMse, Optional<Double> motion, double secondsPerFrame) {}
