package org.answerprint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.bundles.BundleCache;
import org.answerprint.pipeline.ImageModel;
import org.answerprint.runtime.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the model that comes with the program: that it really edits. How well, the table says. */
class ShippedModelTest {

  /** Three frames tell whether an edit holds; eight would take three times as long. */
  private static final int FRAMES = 3;

  /** Half of the usual steps: the same edits succeed as with all of them. */
  private static final Protocol BRIEF = new Protocol(12, Protocol.USUAL.guidance(), Protocol.USUAL.seed());

  @TempDir
  private Path cache;

  private static EditCase brief(EditCase edit) {
    return new EditCase(edit.name(), edit.kind(), edit.scene(), edit.wanted(), edit.asked(), FRAMES);
  }

  @Test
  void oneEditOfEachKindMostlyChangesWhatIsAskedForAndKeepsTheRest() {
    ImageModel model = ImageModel.of(new BundleCache(cache).named("toybox-image"));
    List<Score> scores = new ArrayList<>();
    try (WorldBench bench = WorldBench.open(model, Engine.cpu(), BRIEF)) {
      for (EditCase edit : EditCases.first(EditKind.values().length)) {
        Run.Turn turn = bench.turn(brief(edit));
        scores.add(turn.judge().apply(Editing.run(Variant.named(Variant.HEADLINE).editor(), turn.sitting())));
      }
    }
    assertThat(scores).filteredOn(score -> score.judged().orElseThrow().success()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(scores.stream().mapToDouble(score -> score.judged().orElseThrow().kept()).average().orElseThrow()).isGreaterThan(0.85);
  }
}
