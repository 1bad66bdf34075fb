package org.answerprint.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Puts bytes together and takes them apart. */
final class Bytes {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static Bytes of(byte[]... parts) {
    Bytes bytes = new Bytes();
    for (byte[] part : parts) {
      bytes.out.writeBytes(part);
    }
    return bytes;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] zeros(int count) {
    return new byte[count];
  }

  static byte[] noise(int count, long seed) {
    byte[] noise = new byte[count];
    new Random(seed).nextBytes(noise);
    return noise;
  }

  /** Big end first, in so many bytes. */
  static byte[] big(long value, int bytes) {
    byte[] result = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      result[i] = (byte) (value >> 8 * (bytes - 1 - i));
    }
    return result;
  }

  /** Little end first, in so many bytes. */
  static byte[] little(long value, int bytes) {
    byte[] result = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      result[i] = (byte) (value >> 8 * i);
    }
    return result;
  }

  static byte[] repeat(byte[] part, int times) {
    byte[] result = new byte[part.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(part, 0, result, i * part.length, part.length);
    }
    return result;
  }

  static byte[] cut(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  /** A copy in which some bytes are replaced. */
  static byte[] patched(byte[] bytes, int at, byte[] by) {
    byte[] copy = bytes.clone();
    System.arraycopy(by, 0, copy, at, by.length);
    return copy;
  }

  /** Where a text first stands at or behind a position; fails where it does not. */
  static int find(byte[] bytes, String text, int from) {
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text, from);
    if (at < 0) {
      throw new IllegalStateException("there is no " + text + " in the film");
    }
    return at;
  }

  Bytes add(byte[] part) {
    out.writeBytes(part);
    return this;
  }

  byte[] done() {
    return out.toByteArray();
  }
}
