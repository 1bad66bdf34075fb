package org.answerprint.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleBucket;
import org.answerprint.jobs.JobStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code models push NAME}. */
@Command(name = "push", description = "Put a model of this machine into the bucket, for workers on other machines.")
final class ModelsPushCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "A model's name.")
  private String name;

  @Mixin
  private Options options;

  ModelsPushCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    Place place = Place.of(environment, options);
    Bundle bundle = ModelsCommand.cache(place).named(name);
    try (Session session = Session.open(environment, place, false, console.err()::println)) {
      JobStore jobs = session.jobs();
      boolean sent = new BundleBucket(jobs.objects(), jobs.buckets().work()).put(bundle, name);
      console.say(sent ? "Sent " + name + ", " + Wording.bytes(bundle.manifest().bytes()) + ", to bucket " + jobs.buckets().work() + "."
          : "These weights were in the bucket already; " + name + " names them now.");
    }
    return ExitCodes.DONE;
  }
}
