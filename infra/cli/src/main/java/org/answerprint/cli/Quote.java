package org.answerprint.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.jobs.Estimate;
import org.answerprint.jobs.Estimator;
import org.answerprint.jobs.Prices;
import org.answerprint.jobs.Pricing;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.VideoFile;
import org.answerprint.media.sandbox.SandboxedVideo;
import org.answerprint.recipe.Recipe;
import org.answerprint.stage.ModelShelf;
import org.answerprint.stage.RecipeModels;
import org.answerprint.stage.StageSettings;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.storage.ObjectStore;
import org.answerprint.storage.S3ObjectStore;
import org.answerprint.storage.StorageSettings;

/**
 * What an edit would cost, as {@code edit --price --json} prints it. Nothing is run for it.
 *
 * @param frames that the video has at most
 * @param seconds of a worker that they take at most
 * @param gigaflops at which networks are taken to run on one
 * @param pricePerSecond of a worker
 * @param currency of all amounts
 * @param atMost what the seconds cost
 * @param maxCost the recipe's, if it has one
 * @param withinMaxCost whether the edit would begin at once; else only if the shots that are found cost less
 */
record Quote(
    long frames, double seconds, double gigaflops, BigDecimal pricePerSecond, String currency, BigDecimal atMost,
    Optional<BigDecimal> maxCost, boolean withinMaxCost) {

  /**
   * Prices a video under a recipe.
   *
   * @throws RequestFault where ingest would reject it, or the environment is wrong
   */
  static Quote of(Path video, Recipe recipe, Map<String, String> environment, Place place) {
    Prices prices = StageSettings.of(environment).prices();
    MediaInfo info = probe(video);
    EncoderSettings film = EncoderSettings.choose(info.video());
    try (ObjectStore store = store(environment)) {
      ModelShelf shelf = new ModelShelf(store, StorageSettings.of(environment).buckets().work(), ModelsCommand.folder(place));
      Estimator estimator = new Estimator(recipe, film, new Pricing(prices, RecipeModels.of(recipe, shelf).work()));
      return of(estimator.atMost(Estimator.frames(info, Optional.empty(), film)), prices, recipe.maxCost());
    }
  }

  private static Quote of(Estimate estimate, Prices prices, Optional<BigDecimal> cap) {
    return new Quote(estimate.frames(), Math.round(estimate.seconds() * 1000) / 1000.0, prices.gigaflops(), prices.perSecond(),
        prices.currency(), estimate.cost(), cap, cap.filter(most -> estimate.cost().compareTo(most) > 0).isEmpty());
  }

  private static MediaInfo probe(Path video) {
    try (VideoFile film = SandboxedVideo.open(FileBytes.open(video), Limits.STANDARD)) {
      return film.info();
    } catch (RequestFault e) {
      throw new RequestFault(video + " cannot be edited: " + e.getMessage(), e);
    }
  }

  /** Models lie on this machine, and in a bucket only where the environment names one. */
  private static ObjectStore store(Map<String, String> environment) {
    return environment.containsKey("ANSWERPRINT_S3_ENDPOINT")
        ? new S3ObjectStore(StorageSettings.of(environment).withPatience(Session.STORE_PATIENCE))
        : new MemoryObjectStore(Clock.systemUTC());
  }

  /** For people. */
  void print(Console console) {
    Prices prices = new Prices(pricePerSecond, currency, gigaflops);
    console.say("frames     %d".formatted(frames));
    console.say("seconds    at most %s on a worker%s".formatted(
        Wording.number(seconds), prices.charge() ? ", at " + prices.words(pricePerSecond) + " each" : ""));
    console.say(prices.charge() ? "price      at most " + prices.words(atMost)
        : "price      none: ANSWERPRINT_PRICE_PER_SECOND says what a worker's second costs");
    maxCost.ifPresent(most -> console.say("maxCost    %s: %s".formatted(prices.words(most), withinMaxCost
        ? "the edit would begin at once"
        : "the shots would be found first, and the job refused if what they need costs more")));
  }
}
