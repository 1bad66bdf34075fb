/**
 * Moving pictures and sound in and out, through the raw JavaCPP bindings of FFmpeg: exact reading by integer pts
 * ({@link org.answerprint.media.VideoFile}), encoding of closed segments, joining by packet copy, and stills.
 *
 * <p>Uploads are read by {@link org.answerprint.media.sandbox.SandboxedVideo}, never in this process.
 */
package org.answerprint.media;
