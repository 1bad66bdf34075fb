package org.answerprint.networks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** UNets of other widths, depths and kinds than the fixtures', as configs. */
final class Layouts {

  /** Two blocks, one layer each, widths that share only 32. */
  static final String TWO_BLOCKS = """
      {"_class_name": "UNet2DConditionModel", "in_channels": 4, "block_out_channels": [32, 96], "layers_per_block": 1,
       "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"], "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"],
       "attention_head_dim": [1, 3], "cross_attention_dim": 40, "use_linear_projection": true, "norm_num_groups": 32}
      """;

  /** Three blocks, one number of heads, convolutional projections. */
  static final String THREE_BLOCKS = """
      {"_class_name": "UNet2DConditionModel", "block_out_channels": [32, 64, 160], "layers_per_block": 1,
       "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
       "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
       "attention_head_dim": 8, "cross_attention_dim": 24, "norm_num_groups": 16, "flip_sin_to_cos": false, "freq_shift": 1}
      """;

  /** Four blocks of nine channels in, transformers where SD has none and of two layers in places. */
  static final String FOUR_BLOCKS = """
      {"_class_name": "UNet2DConditionModel", "in_channels": 9, "block_out_channels": [32, 32, 96, 96],
       "layers_per_block": [1, 2, 1, 2], "transformer_layers_per_block": [1, 1, 2, 1],
       "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
       "up_block_types": ["CrossAttnUpBlock2D", "UpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
       "attention_head_dim": [2, 4, 3, 1], "cross_attention_dim": 16, "use_linear_projection": true, "norm_num_groups": 8}
      """;

  private Layouts() {}

  static List<String> all() {
    return List.of(TWO_BLOCKS, THREE_BLOCKS, FOUR_BLOCKS);
  }

  static UNet2DCondition unet(String config) {
    return UNet2DCondition.of(Config.parse("config.json", config));
  }

  /** Random inputs of the forward pass without ports. */
  static Map<String, Numbers> inputs(UNet2DCondition unet, Random random, int rows, long height, long width) {
    Map<String, Numbers> inputs = new HashMap<>();
    inputs.put("sample", Numbers.random(random, rows, unet.inChannels(), height, width));
    inputs.put("encoder_hidden_states", Numbers.random(random, rows, UNet2DCondition.Options.CLIP_TOKENS, unet.crossAttentionDim()));
    inputs.put("timestep", Numbers.scalar(981));
    return inputs;
  }
}
