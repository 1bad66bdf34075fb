/**
 * A checkpoint as people have it, a folder in Hugging Face's layout, becomes a bundle: the files that are needed and
 * {@code bundle.json}, which says what each component is and what every file's digest is. Bundles are kept by digest,
 * so the same weights are kept once, whatever they are called.
 */
package org.answerprint.bundles;
