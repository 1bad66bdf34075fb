package org.answerprint.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The recorded messages of yesterday; a file once recorded is never changed. */
final class Samples {

  private Samples() {}

  static String storage(String name) {
    return read("/samples/storage/" + name + ".json");
  }

  static String fact(String name) {
    return read("/samples/facts/" + name + ".json");
  }

  static String read(String resource) {
    try (InputStream in = Samples.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new AssertionError("there is no " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Names of all recorded facts and work items, each a type, after a tilde a variant of it. */
  static List<String> facts() {
    return names("/samples/facts");
  }

  static List<String> names(String folder) {
    try (Stream<Path> files = Files.list(Path.of(Samples.class.getResource(folder).toURI()))) {
      return files.map(file -> file.getFileName().toString().replaceFirst("\\.json$", "")).sorted().toList();
    } catch (IOException | URISyntaxException unreadable) {
      throw new AssertionError("cannot list " + folder, unreadable);
    }
  }

  static String type(String sample) {
    return sample.split("~", 2)[0];
  }

  static Message message(String sample) {
    return FactCodec.read(type(sample), fact(sample).getBytes(StandardCharsets.UTF_8));
  }
}
