package org.answerprint.binding;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;
import org.eclipse.microprofile.config.Config;

/** The stage as a bean, from the variables that begin with {@code ANSWERPRINT_}. */
public class StageProducer {

  private static final String PREFIX = "ANSWERPRINT_";

  @Produces
  @Singleton
  Stage stage(Config config, MeterRegistry meters) {
    String name = config.getOptionalValue("quarkus.application.name", String.class).orElse("functions");
    return new Stage(StageSettings.of(variables(config)), "/answerprint/" + name, meters);
  }

  void close(@Disposes Stage stage) {
    stage.close();
  }

  /** The variables that begin with {@code ANSWERPRINT_}, for what a stage has no settings for. */
  public static Map<String, String> variables(Config config) {
    Map<String, String> variables = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        config.getOptionalValue(name, String.class).ifPresent(value -> variables.put(name, value));
      }
    }
    return variables;
  }
}
