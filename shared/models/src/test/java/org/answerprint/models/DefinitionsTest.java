package org.answerprint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.Checkpoint;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.bundles.PortedLayer;
import org.answerprint.faults.RequestFault;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionsTest {

  @TempDir
  private Path folder;

  private static Checkpoint read(Path checkpoint) {
    return CheckpointReader.read(checkpoint, new Definitions(), false);
  }

  @ParameterizedTest
  @CsvSource({"sd15, 3, 9", "sd-depth, 4, 9", "video, 1, 6", "seine, 1, 0"})
  void takesEveryLayoutInWholeOrInPart(String name, int components, int ported) throws IOException {
    BundleCache cache = new BundleCache(folder.resolve("cache"));
    Path checkpoint = Checkpoints.copy(name, folder);
    Bundle bundle = cache.add(read(checkpoint), name).bundle();
    assertThat(Model.of(bundle).components()).hasSize(components);
    assertThat(bundle.component("unet").portedLayers()).hasSize(ported).allSatisfy(layer -> {
      assertThat(layer.id()).startsWith("u");
      assertThat(layer.channels() % layer.heads()).isZero();
    });
    assertThat(cache.add(read(checkpoint), "again").copied()).isFalse();
  }

  @Test
  void saysAtWhichScaleALayerStands() throws IOException {
    Checkpoint checkpoint = read(Checkpoints.copy("video", folder));
    assertThat(checkpoint.facts().get("unet").portedLayers()).extracting(PortedLayer::id, PortedLayer::scale)
        .contains(tuple("u1a0", 4), tuple("u3a1", 1));
  }

  @Test
  void namesEveryTensorOfEveryComponentThatIsWrongMissingOrExtra() throws IOException {
    Path checkpoint = Checkpoints.copy("sd15", folder);
    Checkpoints.change(checkpoint.resolve("unet/diffusion_pytorch_model.safetensors"), tensors -> {
      tensors.remove("conv_in.bias");
      tensors.put("conv_out.bias", Tensor.ofFloats("conv_out.bias", Shape.of(5), 1, 2, 3, 4, 5));
      tensors.put("surplus", Tensor.ofFloats("surplus", Shape.of(1), 1));
    });
    Checkpoints.change(checkpoint.resolve("text_encoder/model.safetensors"),
        tensors -> tensors.keySet().removeIf(name -> name.endsWith("final_layer_norm.bias")));
    assertThatThrownBy(() -> read(checkpoint)).isInstanceOf(RequestFault.class).hasMessageContainingAll(
        "unet: tensor 'conv_in.bias' is missing: expected", "unet: tensor 'conv_out.bias' has a wrong shape: expected", "[4], found float32 [5]",
        "unet: tensor 'surplus' is not part of the network: expected nothing, found float32 [1]",
        "text_encoder: tensor 'final_layer_norm.bias' is missing");
  }

  @Test
  void namesTheFieldsOfAConfigThatAskForAnotherNetwork() throws IOException {
    Path checkpoint = Checkpoints.copy("sd15", folder);
    Path config = checkpoint.resolve("vae/config.json");
    Files.writeString(config, Files.readString(config).replace("\"silu\"", "\"mish\""));
    assertThatThrownBy(() -> read(checkpoint)).isInstanceOf(RequestFault.class)
        .hasMessageContainingAll("vae/config.json", "field act_fn is \"mish\"");
  }

  @Test
  void takesTextEncodersAndAutoencodersOfOlderLibraries() throws IOException {
    Path checkpoint = Checkpoints.part("sd15", folder, "text_encoder", "vae");
    Checkpoints.change(checkpoint.resolve("text_encoder/model.safetensors"), tensors -> {
      rename(tensors, name -> name.startsWith("text_model.") ? name : "text_model." + name);
      tensors.put("text_model.embeddings.position_ids", Inputs.longs("ids", Shape.of(1, 77), new long[77]));
    });
    Checkpoints.change(checkpoint.resolve("vae/diffusion_pytorch_model.safetensors"), tensors -> rename(tensors,
        name -> name.replace(".to_q.", ".query.").replace(".to_k.", ".key.").replace(".to_v.", ".value.").replace(".to_out.0.", ".proj_attn.")));
    Path golden = Checkpoints.goldens("sd15", folder, "text_encoder.safetensors", "vae.safetensors");
    assertThat(Verifier.verify(Checkpoints.model(checkpoint), List.of(), Optional.of(golden)).passed()).isTrue();
  }

  private static void rename(Map<String, Tensor> tensors, UnaryOperator<String> name) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors.forEach((before, tensor) -> renamed.put(name.apply(before), tensor));
    assertThat(renamed.keySet()).isNotEqualTo(Map.copyOf(tensors).keySet());
    tensors.clear();
    tensors.putAll(renamed);
  }
}
