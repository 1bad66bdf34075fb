package org.answerprint.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.models.Definitions;
import org.answerprint.pipeline.ImageModel;
import org.answerprint.pipeline.Pipelines;
import org.answerprint.recipe.Parsed;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.runtime.Engine;
import org.answerprint.toybox.Renderer;
import org.answerprint.toybox.Scene;
import org.answerprint.toybox.Scenes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole edits with the tiny checkpoint in the layout of Stable Diffusion 2 depth: its weights are random, its pictures too. */
class Pix2VideoMethodTest {

  private static final int FRAMES = 3;
  private static final int WIDTH = 160;
  private static final int HEIGHT = 96;
  private static final Scene SCENE = Scenes.random(5);

  @TempDir
  private static Path cache;

  private static Bundle bundle;
  private static List<RawFrame> usual;
  private static final Pipelines PIPELINES = new Pipelines(new Engine.Cpu(1, Engine.Spared.MEMORY));

  @BeforeAll
  static void importTheTinyCheckpoint() throws URISyntaxException {
    Path folder = Path.of(Pix2VideoMethodTest.class.getResource("/sd-depth").toURI());
    bundle = new BundleCache(cache).add(CheckpointReader.read(folder, new Definitions(), false), "tiny").bundle();
    usual = new Shot().edit("");
  }

  @AfterAll
  static void closeThePipelines() {
    PIPELINES.close();
  }

  @Test
  void everyFrameComesBackEditedWithItsOwnSizeAndTime() {
    Shot shot = new Shot();
    List<RawFrame> edited = shot.edit("");

    assertThat(edited).hasSize(FRAMES).allSatisfy(frame -> assertThat(frame.width()).isEqualTo(WIDTH));
    assertThat(edited).extracting(RawFrame::pts).containsExactly(100L, 110L, 120L);
    assertThat(edited).extracting(RawFrame::duration).containsOnly(10L);
    assertThat(edited.getFirst().data()).satisfies(data -> assertThat(Arrays.hashCode(data)).isNotEqualTo(Arrays.hashCode(shot.frame(0, WIDTH, HEIGHT).data())));
    assertThat(shot.progress).isSorted().endsWith((long) FRAMES * (2 + 4));
    assertThat(shot.total).isEqualTo(FRAMES * (2 + 4));
    assertThat(digest(edited)).isEqualTo(digest(usual));
  }

  @Test
  void aKilledRunGoesOnFromItsCheckpointToTheSameFrames() {
    Shot killed = new Shot().cancelledAfterSteps(3);
    assertThatThrownBy(() -> killed.edit("")).isInstanceOf(Monitor.Cancelled.class);
    Shot again = new Shot(killed.kept);

    assertThat(digest(again.edit(""))).isEqualTo(digest(usual));
    assertThat(killed.kept).hasSize(4);
    assertThat(again.steps).containsExactly(4);
  }

  @Test
  void aDamagedCheckpointCountsForNothing() {
    TreeMap<Integer, byte[]> damaged = new TreeMap<>(Map.of(2, new byte[] {1, 2, 3}));

    assertThat(digest(new Shot(damaged).edit(""))).isEqualTo(digest(usual));
  }

  @ParameterizedTest
  @ValueSource(strings = {"guidance: 1", "negativePrompt: a dark picture", "references: previous", "kappa: 0.5", "guidedSteps: 0",
      "start: random", "references: none", "layers: all", "layers: late", "resolution: 128"})
  void everyOptionChangesThePictures(String option) {
    assertThat(digest(new Shot().edit(option))).isNotEqualTo(digest(usual));
  }

  @Test
  void depthHasARangeOfTheFrameOrOfTheClip() {
    ImageModel model = ImageModel.of(bundle);

    assertThat(Pix2VideoPlan.of(recipe(""), model).depthOfTheClip()).isFalse();
    assertThat(Pix2VideoPlan.of(recipe("depthRange: frame"), model).depthOfTheClip()).isFalse();
    assertThat(Pix2VideoPlan.of(recipe("depthRange: clip"), model).depthOfTheClip()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"guidance: 51", "guidance: high", "negativePrompt: 3", "references: next", "layers: deep", "kappa: -1",
      "guidedSteps: 2.5", "start: noise", "depthRange: shot", "resolution: 8", "resolution: 4096", "lut: a.cube"})
  void whatAnOptionCannotBeIsRefused(String option) {
    assertThat(read(option)).isInstanceOf(Parsed.Invalid.class);
  }

  @Test
  void aPromptIsAskedFor() {
    assertThat(RecipeReader.read(without("prompt"), "the test", Methods.catalogue())).isInstanceOfSatisfying(Parsed.Invalid.class,
        invalid -> assertThat(invalid.message()).contains("prompt", "pix2video needs"));
  }

  @Test
  void withoutANameOurOwnModelIsMeant() {
    EditMethod method = Methods.byName("pix2video");

    assertThat(method.model(recipe(""))).contains("tiny");
    assertThat(method.model(base(without("model")))).contains("toybox-image");
    assertThat(Methods.byName("none").model(recipe(""))).isEmpty();
  }

  @Test
  void withoutASourcePromptTheModelMustHaveACaptioner() {
    EditMethod method = Methods.byName("pix2video");
    ShotRecipe silent = base(without("sourcePrompt"));

    method.requireModel(recipe(""), bundle.manifest());
    method.requireModel(base(without("sourcePrompt").replace("resolution: 64", "resolution: 64, start: random")), bundle.manifest());
    assertThatThrownBy(() -> method.requireModel(silent, bundle.manifest())).isInstanceOf(RequestFault.class)
        .hasMessageContainingAll("tiny has no captioner", "sourcePrompt");
  }

  @Test
  void theSeedMattersOnlyWhereSomethingIsDrawn() {
    EditMethod method = Methods.byName("pix2video");

    assertThat(method.essential(recipe("")).seed()).isZero();
    assertThat(method.essential(recipe("references: random")).seed()).isEqualTo(9);
    assertThat(method.essential(recipe("start: random")).seed()).isEqualTo(9);
  }

  @Test
  void withoutAModelItIsOurMistake() {
    assertThatThrownBy(() -> new Shot().edit(recipe(""), Optional.empty())).isInstanceOf(InternalFault.class);
  }

  /** Arrays are not shown where they differ: nobody reads them. */
  private static List<Integer> digest(List<RawFrame> frames) {
    return frames.stream().map(frame -> Arrays.hashCode(frame.data())).toList();
  }

  private static String without(String key) {
    return yaml("").lines().filter(line -> !line.startsWith(key + ":")).reduce("", (a, b) -> a + b + "\n");
  }

  private static ShotRecipe recipe(String options) {
    return base(yaml(options));
  }

  private static ShotRecipe base(String yaml) {
    return RecipeReader.read(yaml, "the test", Methods.catalogue()).orThrow().base();
  }

  private static Parsed read(String options) {
    return RecipeReader.read(yaml(options), "the test", Methods.catalogue());
  }

  private static String yaml(String options) {
    String all = options.contains("resolution") ? options : options.isEmpty() ? "resolution: 64" : options + ", resolution: 64";
    return """
        method: pix2video
        model: tiny
        prompt: a blue metal ball on snow
        sourcePrompt: a red rubber ball on grass
        seed: 9
        steps: 2
        options: { %s }
        """.formatted(all);
  }

  /** A little film, what a run told of itself, and what it kept. */
  private static final class Shot implements Checkpoints {

    private final TreeMap<Integer, byte[]> kept;
    private final List<Integer> steps = new ArrayList<>();
    private final List<Long> progress = new ArrayList<>();
    private long total;
    private int limit = Integer.MAX_VALUE;

    Shot() {
      this(new TreeMap<>());
    }

    Shot(TreeMap<Integer, byte[]> kept) {
      this.kept = kept;
    }

    Shot cancelledAfterSteps(int count) {
      limit = count;
      return this;
    }

    List<RawFrame> edit(String options) {
      return edit(recipe(options), Optional.of(bundle));
    }

    List<RawFrame> edit(ShotRecipe recipe, Optional<Bundle> model) {
      List<RawFrame> edited = new ArrayList<>();
      Methods.byName("pix2video").edit(new EditRequest(this::read, FRAMES, PixelFormat.YUV420P, WIDTH, HEIGHT, 1, Colour.BT709, recipe,
          Map.of(), new Equipment(model, PIPELINES, this), this::progress), edited::add);
      return edited;
    }

    private void read(FrameSpec spec, FrameSink sink) {
      assertThat(spec.format()).isEqualTo(PixelFormat.RGB24);
      for (int i = 0; i < FRAMES; i++) {
        sink.put(frame(i, spec.width(), spec.height()));
      }
    }

    RawFrame frame(int i, int width, int height) {
      return new RawFrame(PixelFormat.RGB24, width, height, 100 + 10 * i, 10, Renderer.serial().render(SCENE, i, FRAMES, width, height).rgb());
    }

    private void progress(long done, long all) {
      progress.add(done);
      total = all;
      if (steps.size() >= limit) {
        throw new Monitor.Cancelled("the worker is stopping");
      }
    }

    @Override
    public Optional<byte[]> latest() {
      return Optional.ofNullable(kept.lastEntry()).map(Map.Entry::getValue);
    }

    @Override
    public void keep(int step, byte[] state) {
      steps.add(step);
      kept.put(step, state);
    }
  }
}
