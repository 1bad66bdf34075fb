package org.answerprint.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.answerprint.storage.ObjectStore;

/** What a fresh bucket begins with, so that the first video dropped into it comes back visibly edited. */
final class Seeds {

  private static final String MARK = "seeded";

  private Seeds() {}

  /** The looks, where they are missing. */
  static void looks(ObjectStore store, String bucket) {
    for (Looks look : Looks.values()) {
      store.putIfAbsent(bucket, look.key(), look.cube().getBytes(StandardCharsets.UTF_8), "text/plain");
    }
  }

  /** The looks and the recipe, once in the life of a data folder: who removes them does not get them back. */
  static void once(Path data, ObjectStore store, String bucket) {
    Path mark = data.resolve(MARK);
    if (Files.exists(mark)) {
      return;
    }
    looks(store, bucket);
    store.putIfAbsent(bucket, "recipe.yaml", text("recipe.yaml").getBytes(StandardCharsets.UTF_8), "application/yaml");
    try {
      Files.createFile(mark);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text that ships with the command line. */
  static String text(String name) {
    try (InputStream in = Objects.requireNonNull(Seeds.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
