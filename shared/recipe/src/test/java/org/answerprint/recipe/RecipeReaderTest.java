package org.answerprint.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.answerprint.faults.RequestFault;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeReaderTest {

  @Test
  void listsThreeMistakesAtOnce() {
    assertThatThrownBy(() -> read("""
        method: pix2video
        prmpt: a blue ball
        shots:
          - { match: 1 }
          - { match: 9s-5s, prompt: snow }
        """).orThrow())
        .isInstanceOf(RequestFault.class)
        .hasMessage("""
            recipe.yaml: prmpt is an unknown key (did you mean prompt?); allowed: method, model, prompt, \
            sourcePrompt, seed, steps, options, transition, onShotFailure, maxCost, shots, story.
            recipe.yaml: method is the unknown method "pix2video"; allowed: look, none.
            recipe.yaml: shots[1].match is "9s-5s"; allowed: a shot number from 1, or a time range such as 5s-9s \
            that starts before it ends.""");
  }

  @Test
  void anUnknownMethodCausesNoProblemsWithWhatDependsOnIt() {
    assertThat(problems("method: pix2video\noptions: { guidance: 7.5 }\nshots: [ { match: 1, options: { a: 1 } } ]"))
        .extracting(Problem::path).containsExactly("method");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "# only a comment", "---", "{}"})
  void anEmptyFileIsTheDefault(String yaml) {
    assertThat(read(yaml)).isEqualTo(new Parsed.Valid(Recipe.DEFAULT));
  }

  @Test
  void aKeyGivenTwiceIsAProblem() {
    assertThat(problems("seed: 1\nseed: 2\nshots: [ { match: 1, match: 2 } ]"))
        .extracting(Problem::path, Problem::found)
        .containsExactly(tuple("seed"), tuple("shots[0].match"));
  }

  @Test
  void saysWhereTheYamlBreaks() {
    assertThat(problems("method: none\nprompt: a: b")).singleElement().satisfies(problem -> {
      assertThat(problem.path()).isEqualTo("line 2, column 10");
      assertThat(problem.found()).startsWith("no YAML (");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: 1\n---\nb: 2", "{", "prompt: \"\u0000\"", "prompt: !!java.net.URL [x]", "!x {}",
      "? [a]\n: b", "<<: {seed: 1}", "shots: &a [ *a ]", "&a {story: [ *a ]}", "prompt: *nowhere", "@", "\t- x"})
  void refusesYamlThatDoesMoreThanARecipeNeeds(String yaml) {
    assertThat(problems(yaml)).isNotEmpty();
  }

  @Test
  void boundsAliasesAndDepthAndSize() {
    String bomb = "a0: &a0 [x]\n" + IntStream.rangeClosed(1, 9)
        .mapToObj(i -> "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "]\n")
        .collect(Collectors.joining());
    assertThat(problems(bomb)).singleElement().satisfies(problem -> assertThat(problem.found()).contains("aliases"));
    assertThat(problems("a: " + "[".repeat(5000) + "]".repeat(5000))).singleElement()
        .satisfies(problem -> assertThat(problem.found()).containsIgnoringCase("depth"));
    assertThat(problems("prompt: " + "ä".repeat(40_000))).containsExactly(
        new Problem("the recipe", "80008 bytes long", "at most 65536 bytes"));
  }

  @Test
  void aHostileFileGivesABoundedListOfShortProblems() {
    String yaml = IntStream.range(0, 5000).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining());

    assertThat(problems(yaml)).hasSize(100);
    assertThat(problems("method: " + "x".repeat(60_000)).getFirst().sentence("r").length()).isLessThan(200);
  }

  @Test
  void theSampleInTheReadmeIsValid() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String yaml = readme.substring(readme.indexOf("```yaml\n") + 8);

    assertThat(read(yaml.substring(0, yaml.indexOf("```"))).orThrow().story()).hasSize(2);
  }

  @Test
  void numbersStayExactAndBounded() {
    assertThat(read("maxCost: 0.10").orThrow().maxCost()).contains(new BigDecimal("0.1"));
    assertThat(read("maxCost: 100").orThrow().canonical()).contains("\"maxCost\":100");
    assertThat(problems("maxCost: 1e999999999")).hasSize(1);
    assertThat(problems("seed: 1e3")).hasSize(1);
  }

  @Test
  void flagsReplaceWhatTheFileSaysBeforeItIsChecked() {
    Overrides flags = new Overrides(Optional.of("none"), Optional.empty(), Optional.of("snow"), Optional.empty(),
        OptionalLong.of(9), OptionalInt.of(20), Optional.of("morph"));

    Recipe recipe = RecipeReader.read("method: look\noptions: { lut: a.cube }\nprompt: 7\nmaxCost: 2",
        "recipe.yaml", MethodCatalogue.BUILT_IN, flags).orThrow();

    assertThat(recipe).isEqualTo(new Recipe(
        new ShotRecipe("none", Optional.empty(), Optional.of("snow"), Optional.empty(), 9, OptionalInt.of(20),
            Options.NONE, new Transition("morph", 12, Optional.empty())),
        ShotFailure.SOURCE, Optional.of(new BigDecimal(2)), List.of(), List.of()));
  }

  @Test
  void flagsThatSayWhatTheFileSaysKeepItsOptionsAndFrames() {
    Overrides flags = new Overrides(Optional.of("look"), Optional.empty(), Optional.empty(), Optional.empty(),
        OptionalLong.empty(), OptionalInt.empty(), Optional.of("dissolve"));
    String yaml = "method: look\noptions: { lut: a.cube }\ntransition: { type: dissolve, frames: 30 }";

    assertThat(RecipeReader.read(yaml, "r", MethodCatalogue.BUILT_IN, flags)).isEqualTo(read(yaml));
    assertThat(read(yaml).orThrow().with(flags)).isEqualTo(read(yaml).orThrow());
  }

  @Test
  void wrongFlagsAreReportedLikeAWrongFile() {
    Overrides flags = new Overrides(Optional.of("dreamix"), Optional.empty(), Optional.of(" "), Optional.empty(),
        OptionalLong.of(-1), OptionalInt.of(0), Optional.of("wipe"));

    assertThat(((Parsed.Invalid) RecipeReader.read("", "flags", MethodCatalogue.BUILT_IN, flags)).problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder("method", "prompt", "seed", "steps", "transition.type");
  }

  @Test
  void aMethodThatNeedsAPromptAndAModelGetsThemFromAnywhere() {
    MethodCatalogue methods = MethodCatalogue.of(
        List.of(new Needy(), MethodRules.of("none", List.of())), MethodCatalogue.BUILT_IN.transitions());

    assertThat(paths("method: needy", methods)).containsExactly("prompt", "model");
    assertThat(paths("method: needy\nprompt: a\nmodel: c", methods)).isEmpty();
    assertThat(paths("prompt: a\nshots: [ { match: 1, method: needy } ]", methods))
        .containsExactly("shots[0].model");
    assertThat(paths("model: c\nmethod: needy\nstory: [ { key: x, prompt: a }, { key: y } ]", methods))
        .containsExactly("story[1].prompt");
    assertThat(paths("model: c\nstory: [ { key: x, prompt: a } ]\n"
        + "shots: [ { match: 1, method: needy } ]", methods)).isEmpty();
  }

  @Test
  void canonicalTextKeepsEveryCharacterAndIsAscii() {
    String prompt = "snow \u2028 \uD83D\uDE00 \"quoted\" \\ tab\t line\n äöü";
    Recipe recipe = Recipe.DEFAULT.with(new Overrides(Optional.empty(), Optional.empty(),
        Optional.of(prompt), Optional.empty(), OptionalLong.empty(), OptionalInt.empty(),
        Optional.empty()));

    assertThat(recipe.canonical()).matches("\\p{ASCII}+");
    assertThat(Recipe.ofCanonical(recipe.canonical())).isEqualTo(recipe);
  }

  @Test
  void canonicalTextNeverChanges() {
    assertThat(Recipe.DEFAULT.canonical()).isEqualTo("{\"method\":\"none\",\"seed\":0,\"options\":{},"
        + "\"transition\":{\"type\":\"cut\",\"frames\":0},\"onShotFailure\":\"source\"}");
    assertThat(read("""
        maxCost: 2.50
        shots: [ { match: 0:05-1m, steps: 5 } ]
        story: [ { key: a b.mp4, length: 1m1.5s } ]
        """).orThrow().canonical()).isEqualTo("{\"method\":\"none\",\"seed\":0,\"options\":{},"
        + "\"transition\":{\"type\":\"cut\",\"frames\":0},\"onShotFailure\":\"source\",\"maxCost\":2.5,"
        + "\"shots\":[{\"match\":\"5s-60s\",\"steps\":5}],\"story\":[{\"key\":\"a b.mp4\",\"length\":\"61.5s\"}]}");
  }

  @Test
  void aLargeRecipeSurvivesItsCanonicalForm() {
    String yaml = "prompt: &p " + "雪".repeat(2000) + "\nshots:\n"
        + IntStream.rangeClosed(1, 1000).mapToObj(i -> " - {match: " + i + ", prompt: *p}\n")
            .collect(Collectors.joining());
    Recipe recipe = read(yaml).orThrow();

    assertThat(Recipe.ofCanonical(recipe.canonical())).isEqualTo(recipe);
  }

  @Test
  void aStoredRecipeOutlivesTheCatalogue() {
    Recipe recipe = new Recipe(ShotRecipe.DEFAULT.with(new Changes(Optional.of("gone"), Optional.empty(),
        Optional.empty(), Optional.empty(), OptionalLong.empty(), OptionalInt.empty(),
        Optional.of(Options.of(Map.of("a", new OptionValue.Flag(true)))), Optional.empty())),
        ShotFailure.FAIL, Optional.empty(), List.of(), List.of());

    assertThat(Recipe.ofCanonical(recipe.canonical())).isEqualTo(recipe);
    assertThatThrownBy(() -> RecipeReader.check(recipe, "job 7", MethodCatalogue.BUILT_IN).orThrow())
        .isInstanceOf(RequestFault.class).hasMessageContaining("job 7: method is the unknown method \"gone\"");
    assertThatThrownBy(() -> Recipe.ofCanonical("{\"x\":1}")).isInstanceOf(IllegalArgumentException.class);
  }

  private record Needy() implements MethodRules {

    @Override
    public String name() {
      return "needy";
    }

    @Override
    public boolean needsPrompt() {
      return true;
    }

    @Override
    public boolean needsModel() {
      return true;
    }

    @Override
    public List<Problem> check(Options options, String path) {
      return List.of();
    }
  }

  private static Tuple tuple(String path) {
    return Tuple.tuple(path, "given more than once");
  }

  private static List<String> paths(String yaml, MethodCatalogue methods) {
    return switch (RecipeReader.read(yaml, "r", methods)) {
      case Parsed.Valid _ -> List.of();
      case Parsed.Invalid invalid -> invalid.problems().stream().map(Problem::path).toList();
    };
  }

  private static Parsed read(String yaml) {
    return RecipeReader.read(yaml, "recipe.yaml", MethodCatalogue.BUILT_IN);
  }

  private static List<Problem> problems(String yaml) {
    return ((Parsed.Invalid) read(yaml)).problems();
  }
}
