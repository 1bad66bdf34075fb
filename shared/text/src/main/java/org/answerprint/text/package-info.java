/**
 * Prompts as token ids: CLIP's byte-pair encoding through Hugging Face's own library, from the files of a checkpoint's
 * {@code tokenizer} folder, without any call to the network.
 */
package org.answerprint.text;
