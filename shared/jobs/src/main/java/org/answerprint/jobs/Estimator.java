package org.answerprint.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.answerprint.joins.Joins;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.MediaInfo;
import org.answerprint.methods.Effort;
import org.answerprint.methods.EditMethod;
import org.answerprint.methods.Methods;
import org.answerprint.pipeline.ImageModelWork;
import org.answerprint.recipe.Changes;
import org.answerprint.recipe.Options;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.recipe.Transition;

/**
 * What editing a film takes on workers, and what that costs: at most before its shots are known, exactly when they are. Neither knows
 * of attempts that fail, of work that is found, or of machines and models that have to be started first. Immutable.
 *
 * @param recipe of the film
 * @param film its size and shape
 * @param pricing of seconds
 */
public record Estimator(Recipe recipe, EncoderSettings film, Pricing pricing) {

  /** At most as many frames as the container declares, or as fit into its length at its rate. */
  public static long frames(MediaInfo info, Optional<Duration> length, EncoderSettings film) {
    double rate = (double) film.rateNum() / film.rateDen();
    double seconds = length.map(l -> l.toNanos() / 1e9).orElse(info.durationMicros() / 1e6);
    long byTime = (long) Math.ceil(seconds * rate);
    return length.isPresent() ? byTime : Math.max(info.video().frameCount(), byTime);
  }

  /** An upper bound: every frame a shot of its own, edited by what is dearest anywhere in the recipe. */
  public Estimate atMost(long frames) {
    Effort dearest = shots().flatMap(shot -> effort(shot, 1).stream()).max((a, b) -> Double.compare(seconds(a), seconds(b))).orElse(Effort.NONE);
    double join = everywhere(Changes::transition, recipe.transition()).mapToDouble(this::joinSeconds).max().orElse(0);
    return estimate(frames, frames * (seconds(dearest) + join));
  }

  /** What the planned shots take. @throws RequestFault where one needs a model that the recipe names nowhere beside its method */
  public Estimate of(Order order, List<PlannedShot> shots) {
    double seconds = 0;
    String before = Transition.CUT.type();
    for (PlannedShot shot : shots) {
      ShotRecipe asked = order.recipeFor(shot.source(), shot.number(), shot.start() - shot.filmStart());
      seconds += seconds(effort(asked, shot.frames()).orElseThrow(() -> unknownModel(shot, asked)));
      seconds += shot.head() * joinSeconds(before) + shot.join().leftFrames() * joinSeconds(shot.join().type());
      before = shot.join().type();
    }
    return estimate(shots.stream().mapToLong(PlannedShot::frames).sum(), seconds);
  }

  private static RequestFault unknownModel(PlannedShot shot, ShotRecipe asked) {
    return new RequestFault("shot %d is to be edited by %s with the model %s, which stand in different entries of the recipe; put both into one"
        .formatted(shot.number(), asked.method(), asked.model().orElse("")));
  }

  private double joinSeconds(Transition transition) {
    return joinSeconds(transition.type());
  }

  private double joinSeconds(String type) {
    return Joins.byName(type).secondsPerFrame((long) film.width() * film.height());
  }

  /** Every combination of a method, its options and its model that a shot may come to have, at the most steps. */
  private Stream<ShotRecipe> shots() {
    List<String> methods = everywhere(Changes::method, recipe.method()).toList();
    List<Options> options = everywhere(Changes::options, recipe.options()).toList();
    List<Optional<String>> models = everywhere(changes -> changes.model().map(Optional::of), recipe.model()).toList();
    List<OptionalInt> steps = steps();
    return methods.stream().flatMap(method -> options.stream().flatMap(option -> models.stream().flatMap(model -> steps.stream()
        .map(count -> new ShotRecipe(method, model, recipe.prompt(), recipe.sourcePrompt(), recipe.seed(), count, option, Transition.CUT)))));
  }

  /** None where the recipe says nothing for all shots, which is a method's own number; and the most that is said anywhere. */
  private List<OptionalInt> steps() {
    OptionalInt most = everywhere(changes -> Optional.of(changes.steps()), recipe.steps()).flatMapToInt(OptionalInt::stream).max();
    return recipe.steps().isPresent() ? List.of(most) : Stream.of(OptionalInt.empty(), most).distinct().toList();
  }

  private <T> Stream<T> everywhere(Function<Changes, Optional<T>> said, T usual) {
    return Stream.concat(Stream.of(usual), recipe.changes().flatMap(c -> said.apply(c).stream())).distinct();
  }

  /** Nothing where the model was not asked for beside the method, and so was not looked at. */
  private Optional<Effort> effort(ShotRecipe shot, int frames) {
    EditMethod method = Methods.byName(shot.method());
    Optional<String> name = method.model(shot);
    Optional<ImageModelWork> model = name.map(pricing.models()::get);
    return name.isPresent() && model.isEmpty() ? Optional.empty() : Optional.of(method.effort(shot, frames, film, model));
  }

  private double seconds(Effort effort) {
    return effort.on(pricing.prices().gigaflops());
  }

  private Estimate estimate(long frames, double seconds) {
    return new Estimate(frames, seconds, pricing.prices().cost(seconds));
  }
}
