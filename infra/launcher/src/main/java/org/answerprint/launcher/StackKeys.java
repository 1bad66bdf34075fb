package org.answerprint.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/**
 * The S3 keys of a data folder: made once, at random, in a file that only its owner may read.
 *
 * @param accessKey the identity
 * @param secretKey its secret
 */
record StackKeys(String accessKey, String secretKey) {
  private static final String FILE = "keys";

  /** Reads the folder's keys, making them first where there are none. */
  static StackKeys of(Path dataFolder) {
    Path file = dataFolder.resolve(FILE);
    try {
      Files.createDirectories(dataFolder);
      if (Files.notExists(file)) {
        write(file);
      }
      List<String> lines = Files.readAllLines(file);
      if (lines.size() != 2) {
        throw new LaunchException("The file " + file + " should hold two lines, the S3 keys; delete it to get new "
            + "ones.", OptionalInt.of(2));
      }
      return new StackKeys(lines.get(0), lines.get(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What requests to the functions carry; tells nothing about the secret it is made from. */
  String httpToken() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(("http " + secretKey).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "StackKeys[" + accessKey + "]";
  }

  private static void write(Path file) throws IOException {
    Path fresh = Files.createTempFile(file.getParent(), FILE, "",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(fresh, "AP" + random(9) + "\n" + random(30) + "\n");
      // a link appears whole or not at all, and the first of two wins
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // another process was first; its keys are the ones
    } finally {
      Files.delete(fresh);
    }
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random).replace('-', 'A').replace('_', 'B');
  }
}
