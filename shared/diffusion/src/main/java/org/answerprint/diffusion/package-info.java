/**
 * The arithmetic between a network's outputs: which timesteps, what of latent and output becomes the next latent, how
 * two branches are guided into one, where noise comes from. Everything here is a pure function of its arguments;
 * nothing knows a network, a file format of weights or a device.
 */
package org.answerprint.diffusion;
