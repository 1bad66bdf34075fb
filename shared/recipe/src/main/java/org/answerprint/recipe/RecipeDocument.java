package org.answerprint.recipe;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One reading of one recipe: what each key means, and which problems there are. */
final class RecipeDocument {

  private static final List<String> CHANGES =
      List.of("method", "model", "prompt", "sourcePrompt", "seed", "steps", "options", "transition");
  private static final List<String> RECIPE =
      Stream.concat(CHANGES.stream(), Stream.of("onShotFailure", "maxCost", "shots", "story")).toList();
  private static final List<String> SHOT = Stream.concat(Stream.of("match"), CHANGES.stream()).toList();
  private static final List<String> STORY = Stream.concat(Stream.of("key", "length"), CHANGES.stream()).toList();
  private static final String MATCH = "a shot number from 1, or a time range such as 5s-9s that starts before it ends";

  private final ChangesReader changes;
  private final Overrides overrides;
  private final Problems problems;

  RecipeDocument(MethodCatalogue methods, Overrides overrides, Problems problems) {
    this.changes = new ChangesReader(methods, problems);
    this.overrides = overrides;
    this.problems = problems;
  }

  /** The recipe, as far as it can be told; it is only good where there are no problems. */
  Optional<Recipe> recipe(Value document) {
    if (!(document instanceof Value.Mapping written)) {
      problems.add("the recipe", Wording.of(document), "a mapping of " + String.join(", ", RECIPE));
      return Optional.empty();
    }
    Fields fields = Fields.of(Flags.over(written, overrides), "", RECIPE, problems);
    ChangesReader.Ground ground = changes.ground(fields);
    Recipe recipe = new Recipe(
        ShotRecipe.DEFAULT.with(ground.changes()),
        shotFailure(fields),
        fields.decimal("maxCost", BigDecimal.ZERO, Limits.COST_MAX),
        shots(fields, ground),
        story(fields, ground));
    if (problems.none()) {
      new Needs(changes.methods(), problems).check(recipe);
    }
    return Optional.of(recipe);
  }

  private static ShotFailure shotFailure(Fields fields) {
    Optional<Value> value = fields.value("onShotFailure");
    Optional<ShotFailure> named = value.flatMap(found -> Arrays.stream(ShotFailure.values())
        .filter(each -> found.equals(new Value.Scalar(Value.Kind.TEXT, each.word())))
        .findFirst());
    if (value.isPresent() && named.isEmpty()) {
      fields.wrong("onShotFailure", "source, fail");
    }
    return named.orElse(ShotFailure.SOURCE);
  }

  private List<ShotEntry> shots(Fields recipe, ChangesReader.Ground ground) {
    List<ShotEntry> entries = new ArrayList<>();
    for (Fields fields : recipe.mappings("shots", 0, SHOT)) {
      Optional<ShotMatch> match = match(fields);
      Changes read = changes.read(fields, ground);
      match.ifPresent(found -> entries.add(new ShotEntry(found, read)));
    }
    return entries;
  }

  private static Optional<ShotMatch> match(Fields fields) {
    Optional<ShotMatch> match = fields.value("match").flatMap(RecipeDocument::match);
    if (match.isEmpty()) {
      fields.wrong("match", MATCH);
    }
    return match;
  }

  private static Optional<ShotMatch> match(Value value) {
    if (value instanceof Value.Scalar(var kind, var text) && kind == Value.Kind.TEXT) {
      return Times.parseRange(text).map(range -> range);
    }
    return Fields.whole(value)
        .filter(number -> number >= 1 && number <= Limits.SHOT_MAX)
        .map(number -> new ShotMatch.ByNumber(number.intValue()));
  }

  private List<StoryItem> story(Fields recipe, ChangesReader.Ground ground) {
    List<StoryItem> items = new ArrayList<>();
    for (Fields fields : recipe.mappings("story", 1, STORY)) {
      Optional<String> key = key(fields);
      Optional<Duration> length = length(fields);
      Changes read = changes.read(fields, ground);
      key.ifPresent(found -> items.add(new StoryItem(found, length, read)));
    }
    return items;
  }

  private static Optional<String> key(Fields fields) {
    String allowed = "the key of a video or an image in the bucket, 1 to 1024 bytes";
    if (!fields.has("key")) {
      fields.wrong("key", allowed);
      return Optional.empty();
    }
    Optional<String> key = fields.text("key", Limits.KEY_BYTES_MAX);
    if (key.isPresent() && key.get().getBytes(StandardCharsets.UTF_8).length > Limits.KEY_BYTES_MAX) {
      fields.wrong("key", allowed);
      return Optional.empty();
    }
    return key;
  }

  private static Optional<Duration> length(Fields fields) {
    Optional<Duration> length = fields.value("length")
        .flatMap(value -> value instanceof Value.Scalar(var kind, var text) && kind == Value.Kind.TEXT
            ? Times.parse(text) : Optional.<Duration>empty())
        .filter(Duration::isPositive);
    if (fields.has("length") && length.isEmpty()) {
      fields.wrong("length", Times.ALLOWED + ", more than 0");
    }
    return length;
  }
}
