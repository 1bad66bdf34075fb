package org.answerprint.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Command-line arguments of the form {@code --name value}, where a name may be repeated. Immutable. */
final class Arguments {
  private final Map<String, List<String>> values;

  private Arguments(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads the arguments; a name outside {@code known}, or one without a value, is a {@link StartupFault}. */
  static Arguments parse(Set<String> known, String... args) {
    Map<String, List<String>> values = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      String name = args[i];
      if (!known.contains(name)) {
        throw new StartupFault("Unknown argument " + name + "; known are " + known.stream().sorted().toList() + ".");
      }
      if (i + 1 == args.length) {
        throw new StartupFault("The argument " + name + " needs a value.");
      }
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(args[i + 1]);
    }
    return new Arguments(values);
  }

  List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  String required(String name) {
    return first(name).orElseThrow(() -> new StartupFault("The argument " + name + " is missing."));
  }

  Path folder(String name) {
    return Path.of(required(name)).toAbsolutePath().normalize();
  }

  int port(String name) {
    int port = number(name, required(name));
    if (port < 1 || port > 65535) {
      throw new StartupFault("The argument " + name + " must be a port from 1 to 65535, not " + port + ".");
    }
    return port;
  }

  int number(String name, int otherwise) {
    return first(name).map(text -> number(name, text)).orElse(otherwise);
  }

  private static int number(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new StartupFault("The argument " + name + " must be a whole number, not '" + text + "'.");
    }
  }
}
