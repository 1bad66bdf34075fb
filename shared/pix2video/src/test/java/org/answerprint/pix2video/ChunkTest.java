package org.answerprint.pix2video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.answerprint.graph.Graph;
import org.answerprint.graph.NamedType;
import org.answerprint.networks.Config;
import org.answerprint.networks.UNet2DCondition;
import org.answerprint.networks.UNet2DCondition.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkTest {

  /** The sizes of stable-diffusion-2-depth. */
  private static final String SD2 = """
      {"_class_name": "UNet2DConditionModel", "in_channels": 5, "block_out_channels": [320, 640, 1280, 1280],
       "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
       "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
       "attention_head_dim": [5, 10, 20, 20], "cross_attention_dim": 1024, "use_linear_projection": true}
      """;

  @ParameterizedTest
  @EnumSource(References.class)
  void everyFrameSeesOnlyWhatIsInItsChunkOrWasCarried(References references) {
    for (int size : new int[] {1, 2, 3, 7, 100}) {
      List<Integer> carried = List.of();
      int next = 0;
      for (Chunk chunk : Chunk.of(references.seen(20, 5), size)) {
        List<Integer> known = carried;
        assertThat(chunk.from()).isEqualTo(next);
        assertThat(Arrays.stream(chunk.seen()).flatMapToInt(Arrays::stream))
            .allMatch(frame -> frame >= chunk.from() ? frame < chunk.to() : known.contains(frame));
        carried = Stream.concat(chunk.carried().stream(), chunk.lent().stream()).toList();
        next = chunk.to();
      }
      assertThat(next).isEqualTo(20);
      assertThat(carried).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void carriesTwoFramesAtMostHoweverLongTheClip(int size) {
    for (Chunk chunk : Chunk.of(References.BOTH.seen(1000, 0), size)) {
      assertThat(chunk.carried().size() + chunk.lent().size()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void whatAFrameLendsIsAsLargeAsItsFeaturesInNineLayers() {
    UNet2DCondition unet = UNet2DCondition.of(Config.parse("config.json", SD2));
    Graph graph = unet.graph(Options.of(64, 64).porting(unet.decoderLayers()));
    List<NamedType> pools = graph.inputs().stream().filter(input -> input.name().startsWith("kv_pool.")).toList();
    assertThat(pools).hasSize(9);
    assertThat(pools.stream().map(pool -> pool.type().shape()).mapToLong(shape -> shape.size(1) * shape.size(2)).sum())
        .isEqualTo(6_881_280);
  }

  @Test
  void theAnchorComesBeforeThePreviousFrame() {
    assertThat(References.BOTH.seen(4, 0)).isDeepEqualTo(new int[][] {{0, 0}, {0, 0}, {0, 1}, {0, 2}});
    assertThat(References.ANCHOR.seen(3, 0)).isDeepEqualTo(new int[][] {{0}, {0}, {0}});
    assertThat(References.PREVIOUS.seen(3, 0)).isDeepEqualTo(new int[][] {{0}, {0}, {1}});
    assertThat(References.NONE.seen(3, 0)).isDeepEqualTo(new int[][] {{0}, {1}, {2}});
  }

  @Test
  void randomReferencesAreTheSameForASeedAndEarlierThanTheirFrame() {
    int[][] seen = References.RANDOM.seen(50, 7);
    assertThat(References.RANDOM.seen(50, 7)).isDeepEqualTo(seen);
    assertThat(Arrays.deepEquals(References.RANDOM.seen(50, 8), seen)).isFalse();
    for (int frame = 1; frame < 50; frame++) {
      assertThat(seen[frame][0]).isZero();
      assertThat(seen[frame][1]).isBetween(0, frame - 1);
    }
  }
}
