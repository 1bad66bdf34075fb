package org.answerprint.evaluation;

import java.util.Map;
import java.util.Optional;
import org.answerprint.judges.Attribute;

/**
 * What the judges of the little world say of an edit; there are none that have seen other footage.
 *
 * @param kind what was asked for
 * @param turns whether the object turns
 * @param asked of each attribute asked for the share of frames in which it is read as wanted
 * @param success whether each of them is, in at least seven of eight frames
 * @param firstThird the same of the first third of a film; empty for clips
 * @param lastThird the same of the last third of a film
 * @param kept of the attributes that were to stay, the mean share of frames in which each is read as in the source
 * @param clipText mean cosine of frames and prompt
 * @param clipImage mean cosine of consecutive frames
 * @param pixelMseTrue Pixel-MSE along the motion that the renderer knows, where it can be trusted
 */
record Judged(EditKind kind, boolean turns, Map<Attribute, Double> asked, boolean success, Optional<Boolean> firstThird,
    Optional<Boolean> lastThird, double kept, double clipText, double clipImage, double pixelMseTrue) {}
