/**
 * A bundle's networks at work on pictures of one size: texts to states, pictures to latents and depth and back, and the denoiser
 * that methods drive. What is done with them is the methods' matter.
 */
package org.answerprint.pipeline;
