package org.answerprint.ingest;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.Estimate;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FixedEncoder;
import org.answerprint.media.VideoInfo;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.ShotRecipe;

/** Fixes what a job makes: geometry, time base, encoder, and an upper bound of its price. */
final class OrderMaker {

  private static final TimeBase STORY_TIME = new TimeBase(1, 90_000);
  private static final int STILL_RATE = 25;

  private final BigDecimal pricePerSecond;
  private final Optional<FixedEncoder> encoder;

  OrderMaker(BigDecimal pricePerSecond, Optional<FixedEncoder> encoder) {
    this.pricePerSecond = pricePerSecond;
    this.encoder = encoder;
  }

  Order make(List<SourceFilm> sources, Recipe recipe, Map<String, String> assets, Map<String, String> models, double seconds) {
    EncoderSettings encoder = recipe.isStory() ? storyEncoder(sources) : filmEncoder(sources.getFirst().info().video());
    Estimate estimate = estimate(sources, recipe, encoder);
    refuseAboveCap(recipe, estimate);
    return new Order(sources, recipe, encoder, encoder.timeBase(), assets, models, estimate, seconds);
  }

  /** A cap that even one frame's price exceeds can never be met. */
  private static void refuseAboveCap(Recipe recipe, Estimate estimate) {
    recipe.maxCost().filter(cap -> cap.signum() == 0 && estimate.cost().signum() > 0).ifPresent(cap -> {
      throw new RequestFault("the recipe's maxCost is 0, and the work costs up to " + estimate.cost() + "; raise it");
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

  private Estimate estimate(List<SourceFilm> sources, Recipe recipe, EncoderSettings encoder) {
    long frames = sources.stream().mapToLong(source -> frames(source, encoder)).sum();
    List<ShotRecipe> counts = Stream.of(recipe.steps(), mostSteps(recipe)).map(steps -> withSteps(recipe.base(), steps)).toList();
    double dearest = methods(recipe).flatMapToDouble(name -> counts.stream().mapToDouble(shot -> Methods.byName(name)
        .secondsPerFrame(shot, encoder.width(), encoder.height()))).max().orElse(0);
    return price(frames, frames * dearest);
  }

  private Estimate price(long frames, double seconds) {
    return new Estimate(frames, seconds, pricePerSecond.multiply(BigDecimal.valueOf(seconds)).round(new MathContext(6)));
  }

  /** The greatest number of steps that is given anywhere; without one, a method has its own. */
  private static OptionalInt mostSteps(Recipe recipe) {
    return Stream.of(Stream.of(recipe.steps()), recipe.shots().stream().map(s -> s.changes().steps()),
        recipe.story().stream().map(s -> s.changes().steps())).flatMap(s -> s).flatMapToInt(OptionalInt::stream).max();
  }

  private static ShotRecipe withSteps(ShotRecipe r, OptionalInt steps) {
    return new ShotRecipe(r.method(), r.model(), r.prompt(), r.sourcePrompt(), r.seed(), steps, r.options(), r.transition());
  }

  private static Stream<String> methods(Recipe recipe) {
    return Stream.of(Stream.of(recipe.method()), recipe.shots().stream().flatMap(s -> s.changes().method().stream()),
        recipe.story().stream().flatMap(s -> s.changes().method().stream())).flatMap(s -> s);
  }

  /** At most as many frames as the container declares, or as fit into its length at its rate. */
  private static long frames(SourceFilm source, EncoderSettings encoder) {
    double rate = (double) encoder.rateNum() / encoder.rateDen();
    double seconds = source.length().map(l -> l.toNanos() / 1e9).orElse(source.info().durationMicros() / 1e6);
    long byTime = (long) Math.ceil(seconds * rate);
    return source.length().isPresent() ? byTime : Math.max(source.info().video().frameCount(), byTime);
  }
}
