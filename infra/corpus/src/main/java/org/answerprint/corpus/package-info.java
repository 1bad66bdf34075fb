/** A corpus of uploads that mean harm or are merely odd, made from our own films and byte surgery. */
package org.answerprint.corpus;
