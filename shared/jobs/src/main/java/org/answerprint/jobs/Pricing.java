package org.answerprint.jobs;

import java.util.Map;
import java.util.Objects;
import org.answerprint.pipeline.ImageModelWork;

/**
 * What a job's estimates and its receipt are made of, fixed once at ingest: a price that changes meanwhile is another job's.
 *
 * @param prices of workers
 * @param models what the networks of the models calculate that the recipe names, by name
 */
public record Pricing(Prices prices, Map<String, ImageModelWork> models) {

  /** For jobs that cost nothing and need no models. */
  public static final Pricing NONE = new Pricing(Prices.NONE, Map.of());

  public Pricing {
    Objects.requireNonNull(prices, "prices");
    models = Map.copyOf(models);
  }
}
