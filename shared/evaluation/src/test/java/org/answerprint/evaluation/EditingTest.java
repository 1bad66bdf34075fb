package org.answerprint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.evaluation.Editor.Attending;
import org.answerprint.evaluation.Editor.Guided;
import org.answerprint.evaluation.Editor.Ideal;
import org.answerprint.evaluation.Editor.KeyFrame;
import org.answerprint.evaluation.Editor.Layers;
import org.answerprint.evaluation.Editor.SdEdit;
import org.answerprint.models.Definitions;
import org.answerprint.networks.AttentionLayer;
import org.answerprint.pictures.Picture;
import org.answerprint.pipeline.ImageModel;
import org.answerprint.pix2video.References;
import org.answerprint.runtime.Engine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the tiny checkpoint of random weights: what variants share and where they differ, not how good they are. */
class EditingTest {

  private static final float ROUNDING = 1e-4f;

  @TempDir
  private static Path cache;

  private static Studio studio;
  private static Sitting sitting;

  @BeforeAll
  static void sitDown() throws URISyntaxException {
    Path folder = Path.of(EditingTest.class.getResource("/sd-depth").toURI());
    Bundle bundle = new BundleCache(cache).add(CheckpointReader.read(folder, new Definitions(), false), "tiny").bundle();
    ImageModel model = ImageModel.of(bundle);
    studio = new Studio(model, new Engine.Cpu(1, Engine.Spared.MEMORY), model.size(1, 64), new Protocol(3, 4, 1));
    EditCase first = EditCases.first(1).getFirst();
    sitting = new Sitting(studio, new EditCase("short", first.kind(), first.scene(), first.wanted(), first.asked(), 3).task(studio.size()));
  }

  @AfterAll
  static void close() {
    studio.close();
  }

  @Test
  void sdEditOfNoStrengthGivesWhatTheAutoencoderGives() {
    assertSame(run(new SdEdit(0)), sitting.decoded(sitting.clip().latents()));
    assertThat(difference(run(new SdEdit(1)), sitting.decoded(sitting.clip().latents()))).isGreaterThan(ROUNDING);
  }

  @Test
  void sdEditOfFullStrengthIsThePerFrameEditOfTheSameNoiseButForWhatShowsThrough() {
    List<Picture> full = run(new SdEdit(1));
    List<Picture> perFrame = run(attending(References.NONE, Guided.NONE, false));
    assertThat(difference(full, perFrame)).isLessThan(difference(full, run(attending(References.NONE, Guided.NONE, true))));
  }

  @Test
  void theFirstFrameIsTheSameWhateverOthersAttendTo() {
    Picture alone = run(attending(References.NONE, Guided.NONE, true)).getFirst();
    assertSame(List.of(run(attending(References.BOTH, Guided.HALF, true)).getFirst()), List.of(alone));
    assertSame(List.of(run(new KeyFrame()).getFirst()), List.of(alone));
  }

  @Test
  void layersAndReferencesAndTheGuidedUpdateChangeLaterFrames() {
    List<Picture> usual = run(attending(References.BOTH, Guided.HALF, true));
    assertThat(difference(usual, run(attending(References.PREVIOUS, Guided.HALF, true)))).isGreaterThan(ROUNDING);
    assertThat(difference(usual, run(attending(References.BOTH, Guided.NONE, true)))).isGreaterThan(ROUNDING / 100);
    assertThat(difference(usual, run(new Attending(References.BOTH, Layers.DEEP, Guided.HALF, true)))).isGreaterThan(ROUNDING / 100);
    assertThat(Layers.ALL.of(studio.model())).containsAll(Layers.DECODER.of(studio.model())).hasSizeGreaterThan(Layers.DECODER.of(studio.model()).size());
  }

  @Test
  void deepLayersAreTheDecodersLaterHalf() {
    List<String> decoder = studio.model().unet().attentionLayers().stream().filter(AttentionLayer::isDecoder).map(AttentionLayer::id).toList();
    assertThat(Layers.DEEP.of(studio.model())).hasSize((decoder.size() + 1) / 2).contains(decoder.getLast()).doesNotContain(decoder.getFirst());
  }

  @Test
  void aPerfectEditIsWhatTheRendererDrawsAndWhatTheAutoencoderMakesOfIt() {
    List<Picture> ideal = sitting.task().ideal().orElseThrow();
    assertThat(difference(ideal, sitting.task().frames())).isGreaterThan(0.1);
    assertThat(run(new Ideal(false))).isEqualTo(ideal);
    assertSame(run(new Ideal(true)), ideal.stream().map(frame -> studio.plain().picture(studio.plain().latent(frame))).toList());
    assertThat(Variant.anywhere(Variant.ALL)).noneMatch(variant -> variant.editor() instanceof Ideal).hasSize(Variant.ALL.size() - 2);
  }

  private static List<Picture> run(Editor editor) {
    return Editing.run(editor, sitting).frames();
  }

  private static Attending attending(References references, Guided guided, boolean inverted) {
    return new Attending(references, Layers.DECODER, guided, inverted);
  }

  private static void assertSame(List<Picture> found, List<Picture> wanted) {
    assertThat(difference(found, wanted)).isCloseTo(0, within((double) ROUNDING));
  }

  private static double difference(List<Picture> a, List<Picture> b) {
    double most = 0;
    for (int i = 0; i < a.size(); i++) {
      for (int p = 0; p < a.get(i).planes().length; p++) {
        most = Math.max(most, Math.abs(a.get(i).planes()[p] - b.get(i).planes()[p]));
      }
    }
    return most;
  }
}
