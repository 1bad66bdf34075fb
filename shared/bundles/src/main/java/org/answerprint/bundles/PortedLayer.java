package org.answerprint.bundles;

/**
 * An attention layer with ports.
 *
 * @param id such as {@code u1a0}
 * @param scale how many times smaller than the latent its grid is along each axis; it has a token for each point
 * @param channels of its features
 * @param heads of its attention
 */
public record PortedLayer(String id, int scale, int channels, int heads) {}
