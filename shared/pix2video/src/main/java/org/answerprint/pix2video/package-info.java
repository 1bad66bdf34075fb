/**
 * Pix2Video (ICCV 2023): a clip is edited by a denoiser of images that was never trained for video. Each frame's latent is
 * taken back to noise, and from there all frames are denoised with another text, in lockstep; in some layers a frame attends
 * to the features of an anchor frame and of the frame before it instead of its own.
 */
package org.answerprint.pix2video;
