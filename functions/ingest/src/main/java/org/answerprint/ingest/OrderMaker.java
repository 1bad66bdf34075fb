package org.answerprint.ingest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.Estimate;
import org.answerprint.jobs.Estimator;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.Prices;
import org.answerprint.jobs.Pricing;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FixedEncoder;
import org.answerprint.media.VideoInfo;
import org.answerprint.recipe.Recipe;
import org.answerprint.stage.RecipeModels;

/** Fixes what a job makes: geometry, time base, encoder, and an upper bound of its price. */
final class OrderMaker {

  private static final TimeBase STORY_TIME = new TimeBase(1, 90_000);
  private static final int STILL_RATE = 25;

  private final Prices prices;
  private final Optional<FixedEncoder> encoder;

  OrderMaker(Prices prices, Optional<FixedEncoder> encoder) {
    this.prices = prices;
    this.encoder = encoder;
  }

  Order make(List<SourceFilm> sources, Recipe recipe, Map<String, String> assets, RecipeModels models, double seconds) {
    EncoderSettings encoder = recipe.isStory() ? storyEncoder(sources) : filmEncoder(sources.getFirst().info().video());
    Pricing pricing = new Pricing(prices, models.work());
    long frames = sources.stream().mapToLong(source -> Estimator.frames(source.info(), source.length(), encoder)).sum();
    Estimate estimate = new Estimator(recipe, encoder, pricing).atMost(frames);
    refuseAboveCap(recipe, estimate);
    return new Order(sources, recipe, encoder, encoder.timeBase(), assets, models.digests(), pricing, estimate, seconds);
  }

  /** A cap that even one frame's price exceeds can never be met. */
  private void refuseAboveCap(Recipe recipe, Estimate estimate) {
    recipe.maxCost().filter(cap -> cap.signum() == 0 && estimate.cost().signum() > 0).ifPresent(cap -> {
      throw new RequestFault("the recipe's maxCost is 0, and the work costs up to " + prices.words(estimate.cost()) + "; raise it");
    });
  }

  /** The source's own ticks, but for time bases such as 1001/30000 that MP4 cannot hold: those become 1/30000. */
  private EncoderSettings filmEncoder(VideoInfo video) {
    return EncoderSettings.choose(video, encoder).withTimeBase(new TimeBase(1, video.timeBase().den()));
  }

  private EncoderSettings storyEncoder(List<SourceFilm> sources) {
    VideoInfo model = sources.stream().filter(s -> !s.still()).findFirst().orElse(sources.getFirst()).info().video();
    boolean still = sources.stream().allMatch(SourceFilm::still);
    int width = Math.max(2, model.width() & ~1);
    int height = Math.max(2, model.height() & ~1);
    EncoderSettings chosen = still || model.rateNum() == 0
        ? EncoderSettings.choose(width, height, STORY_TIME, STILL_RATE, 1, still ? Colour.BT709 : model.colour(), 8, encoder)
        : EncoderSettings.choose(width, height, STORY_TIME, model.rateNum(), model.rateDen(), model.colour(), model.bitDepth(), encoder);
    return chosen.withAspect(model.aspectNum(), model.aspectDen());
  }
}
