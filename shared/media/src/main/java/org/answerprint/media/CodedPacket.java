package org.answerprint.media;

/** One coded picture: times in the settings' time base, in decoding order. */
record CodedPacket(long pts, long duration, boolean key, byte[] data) {
}
