package org.answerprint.cli;

import java.lang.reflect.Constructor;
import java.util.Map;
import picocli.CommandLine;

/** Makes commands, handing the environment and the console to those that ask for them. */
final class Commands implements CommandLine.IFactory {

  private final Map<String, String> environment;
  private final Console console;

  Commands(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 2 && constructor.getParameterTypes()[1] == Console.class) {
        return type.cast(constructor.newInstance(environment, console));
      }
    }
    return CommandLine.defaultFactory().create(type);
  }
}
