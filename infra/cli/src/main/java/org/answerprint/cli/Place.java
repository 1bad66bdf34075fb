package org.answerprint.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.answerprint.launcher.Home;

/**
 * Where things lie on this machine.
 *
 * @param home the project's folder
 * @param data of the local system: objects, records, keys, logs
 * @param cache archives and unpacked files that are made again when they are missing
 */
record Place(Home home, Path data, Path cache) {

  private static final String OWN = ".answerprint";

  static Place of(Map<String, String> environment, Options options) {
    Home home = Home.find();
    Path own = home.path().resolve(OWN);
    Path data = options.data().or(() -> Optional.ofNullable(environment.get("ANSWERPRINT_DATA")).map(Path::of))
        .orElse(own.resolve("data"));
    return new Place(home, data.toAbsolutePath().normalize(), cacheOf(home));
  }

  /** The cache of this process, whatever data folder is used: the project's, unless a system property names another. */
  static Path cacheOf(Home home) {
    return Optional.ofNullable(System.getProperty("answerprint.cache")).map(Path::of)
        .orElseGet(() -> home.path().resolve(OWN).resolve("cache"));
  }

  /** A folder that belongs to the project on this machine. */
  Path own(String name) {
    return home.path().resolve(OWN).resolve(name);
  }

  Path log(String name) {
    return data.resolve("logs").resolve(name + ".log");
  }
}
