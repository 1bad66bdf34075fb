package org.answerprint.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files made byte by byte, so that they can also be wrong. */
final class SafetensorsBytes {

  private SafetensorsBytes() {}

  static byte[] of(String header, int... data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return of(text.length, text, data);
  }

  static byte[] of(long headerLength, byte[] header, int... data) {
    ByteBuffer file = ByteBuffer.allocate(Long.BYTES + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(headerLength).put(header);
    for (int value : data) {
      file.put((byte) value);
    }
    return file.array();
  }

  static Path file(Path folder, String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
