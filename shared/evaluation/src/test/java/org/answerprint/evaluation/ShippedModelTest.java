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

  @TempDir
  private Path cache;

  @Test
  void oneEditOfEachKindMostlyChangesWhatIsAskedForAndKeepsTheRest() {
    ImageModel model = ImageModel.of(new BundleCache(cache).named("toybox-image"));
    List<Score> scores = new ArrayList<>();
    try (WorldBench bench = WorldBench.open(model, Engine.cpu(), Protocol.USUAL)) {
      for (EditCase edit : EditCases.first(EditKind.values().length)) {
        Run.Turn turn = bench.turn(edit);
        scores.add(turn.judge().apply(Editing.run(Variant.named(Variant.HEADLINE).editor(), turn.sitting())));
      }
    }
    assertThat(scores).filteredOn(score -> score.judged().orElseThrow().success()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(scores.stream().mapToDouble(score -> score.judged().orElseThrow().kept()).average().orElseThrow()).isGreaterThan(0.85);
  }
}
