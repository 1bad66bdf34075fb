package org.answerprint.queue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Bytes as an SQS body: as they are where they are text that SQS takes, else in base 64. */
final class SqsText {

  private SqsText() {}

  /** The bytes as text, where SQS would carry it unharmed: not empty, and no control characters but tab and breaks. */
  static Optional<String> plain(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean carried = !text.isEmpty() && text.codePoints().allMatch(SqsText::isCarried);
      return carried ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  /** Never empty: SQS refuses an empty body. */
  static String base64(byte[] bytes) {
    return "=" + Base64.getEncoder().encodeToString(bytes);
  }

  /** The bytes, unless somebody else wrote this. */
  static Optional<byte[]> fromBase64(String text) {
    try {
      return text.startsWith("=") ? Optional.of(Base64.getDecoder().decode(text.substring(1))) : Optional.empty();
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  private static boolean isCarried(int point) {
    return point == '\t' || point == '\n' || point == '\r'
        || point >= 0x20 && point <= 0xD7FF || point >= 0xE000 && point <= 0xFFFD || point >= 0x10000;
  }
}
