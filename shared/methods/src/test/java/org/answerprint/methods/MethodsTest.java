package org.answerprint.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.EncoderSettings;
import org.answerprint.pipeline.ByArea;
import org.answerprint.pipeline.ImageModelWork;
import org.answerprint.pipeline.Pipelines;
import org.answerprint.recipe.MethodCatalogue;
import org.answerprint.recipe.MethodRules;
import org.answerprint.recipe.OptionValue;
import org.answerprint.recipe.Options;
import org.answerprint.recipe.Parsed;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.recipe.Transition;
import org.answerprint.runtime.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodsTest {

  private static final Options LUT = Options.of(Map.of("lut", new OptionValue.Text("looks/a.cube")));

  private static final ImageModelWork WORK = new ImageModelWork(new ByArea(1, 0.1, 0), new ByArea(1, 0.1, 0), new ByArea(1, 0.1, 0),
      3, 2, 1, 512, 64, 8);

  @Test
  void theCatalogueHasEveryMethodOnceAndTheTransitions() {
    MethodCatalogue catalogue = Methods.catalogue();

    assertThat(catalogue.methods()).extracting(MethodRules::name).containsExactly("look", "none", "pix2video");
    assertThat(catalogue.methods())
        .allSatisfy(rules -> assertThat(Methods.byName(rules.name()).rules()).isSameAs(rules));
    assertThat(catalogue.transitions()).isEqualTo(MethodCatalogue.BUILT_IN.transitions());
  }

  @Test
  void aMethodThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> Methods.byName("lok")).isInstanceOf(RequestFault.class)
        .hasMessageContainingAll("'lok'", "look", "none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "method: none", "method: look\noptions: { lut: looks/a.cube }"})
  void whatTheCatalogueOffersCanBeAskedFor(String recipe) {
    assertThat(RecipeReader.read(recipe, "the test", Methods.catalogue())).isInstanceOf(Parsed.Valid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"method: lok", "method: none\noptions: { lut: looks/a.cube }", "method: look",
      "method: look\noptions: { lut: a.png }"})
  void whatItDoesNotOfferIsRefused(String recipe) {
    assertThat(RecipeReader.read(recipe, "the test", Methods.catalogue())).isInstanceOf(Parsed.Invalid.class);
  }

  @Test
  void onlyWhatAMethodReadsIsEssentialToIt() {
    ShotRecipe full = full("look");

    assertThat(Methods.byName("none").essential(full("none"))).isEqualTo(Methods.plain());
    assertThat(Methods.byName("look").essential(full))
        .isEqualTo(new ShotRecipe("look", Optional.empty(), Optional.empty(), Optional.empty(), 0,
        OptionalInt.empty(), LUT, Transition.CUT));
  }

  @Test
  void everyMethodCanRunOnWhatIsEssentialToIt() {
    for (MethodRules rules : Methods.catalogue().methods()) {
      EditMethod method = Methods.byName(rules.name());
      ShotRecipe essential = method.essential(full(rules.name()));

      assertThat(essential.method()).isEqualTo(rules.name());
      assertThat(method.essential(essential)).isEqualTo(essential);
      assertThat(method.assets(essential.options())).isEqualTo(method.assets(full(rules.name()).options()));
      assertThat(method.version()).isNotBlank();
      assertThat(seconds(method, essential, 2, 3840, 2160)).isGreaterThan(seconds(method, essential, 2, 640, 360)).isPositive();
      assertThat(seconds(method, essential, 3, 640, 360)).isGreaterThan(seconds(method, essential, 2, 640, 360));
    }
  }

  private static double seconds(EditMethod method, ShotRecipe recipe, int frames, int width, int height) {
    EncoderSettings film = EncoderSettings.choose(width, height, new TimeBase(1, 24), 24, 1, Colour.BT709, 8);
    return method.effort(recipe, frames, film, method.rules().needsModel() ? Optional.of(WORK) : Optional.empty()).on(1);
  }

  @Test
  void theLookNamesItsTable() {
    assertThat(Methods.byName("look").assets(LUT)).containsExactly("looks/a.cube");
    assertThat(Methods.byName("none").assets(LUT)).isEmpty();
  }

  @Test
  void noneGivesEveryFrameBackAsItIs() {
    FrameTrack track = new FrameTrack(PixelFormat.YUV420P10, 6, 4, new Random(5), 9);
    List<RawFrame> before = track.copies();
    track.edit("none", full("none"), Map.of());

    assertThat(track.edited()).usingRecursiveComparison().isEqualTo(before);
    assertThat(track.progress()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void noneStopsWhereItIsCancelled() {
    FrameTrack track = new FrameTrack(PixelFormat.YUV420P, 6, 4, new Random(5), 9).cancelAt(4);

    assertThatThrownBy(() -> track.edit("none", full("none"), Map.of())).isInstanceOf(Monitor.Cancelled.class);
    assertThat(track.edited()).hasSize(4);
  }

  @Test
  void theLookWithoutItsTableIsOurFault() {
    FrameTrack track = new FrameTrack(PixelFormat.YUV420P, 6, 4, new Random(5), 1);

    assertThatThrownBy(() -> track.edit("look", full("look"), Map.of())).isInstanceOf(InternalFault.class);
  }

  @Test
  void requestsKeepTheirAssets() {
    Map<String, Path> assets = new HashMap<>();
    EditRequest request = new EditRequest((spec, sink) -> {}, 1, PixelFormat.RGB24, 2, 2, 1, Colour.BT709,
        Methods.plain(), assets, new Equipment(Optional.empty(), new Pipelines(Engine.cpu()), Checkpoints.NONE), Monitor.NONE);
    assets.put("late", Path.of("late"));

    assertThat(request.assets()).isEmpty();
  }

  static ShotRecipe full(String method) {
    return new ShotRecipe(method, Optional.of("toybox"), Optional.of("snow"), Optional.of("grass"), 7,
        OptionalInt.of(50),
        method.equals("look") ? LUT : Options.NONE, new Transition("dissolve", 12, Optional.of("slowly")));
  }
}
