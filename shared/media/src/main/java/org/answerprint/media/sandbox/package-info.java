/** Demuxing and decoding of files from strangers in a short-lived child process that has nothing worth taking. */
package org.answerprint.media.sandbox;
