package org.answerprint.uploads;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;

/** What an upload may be called. Stateless. */
public final class UploadKey {

  /** What S3 allows a key to have. */
  public static final int MOST_BYTES = 1024;

  /** The longest name of a result, which lies below the upload's key, with a job's id in it. */
  private static final int RESULT_BYTES = "/0123456789abcdef0123456789abcdef.contact-sheet.png".length();

  private UploadKey() {}

  /**
   * Refuses a key that leaves no room for its results.
   *
   * @throws RequestFault with how long it is, and how long it may be
   */
  public static void requireRoom(String key) {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    int most = MOST_BYTES - RESULT_BYTES;
    if (bytes > most) {
      throw new RequestFault("the key has " + bytes + " bytes, and at most " + most
          + " leave room for the names of the results; land the file under a shorter key");
    }
  }

  /**
   * Refuses a key for which no upload is signed: one that ingest would reject or pass over, or that means another one to some programs.
   *
   * @throws RequestFault with what is wrong
   */
  public static void require(String key) {
    requireRoom(key);
    boolean ends = key.isBlank() || key.startsWith("/") || key.endsWith("/");
    boolean odd = key.codePoints().anyMatch(c -> Character.isISOControl(c) || c == '\\');
    boolean moves = Stream.of(key.split("/", -1)).anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (ends || odd || moves) {
      throw new RequestFault("the key '" + key.codePoints().map(c -> Character.isISOControl(c) ? '?' : c)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          + "' names no file; give one such as clips/holiday.mp4, without empty parts, dots alone, backslashes or control characters");
    }
  }
}
