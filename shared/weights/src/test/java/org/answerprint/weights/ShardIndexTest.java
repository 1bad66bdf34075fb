package org.answerprint.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIndexTest {

  @TempDir
  Path folder;

  @BeforeEach
  void twoShards() {
    shard("model-1.safetensors", Tensor.ofFloats("a", Shape.of(2), 1, 2));
    shard("model-2.safetensors", Tensor.ofFloats("b", Shape.of(1), 3), Tensor.ofFloats("c", Shape.of(), 4));
  }

  @Test
  void readsTheTensorsOfAllFilesThatTheIndexNames() {
    try (Tensors tensors = WeightFiles.open(index("""
        {"metadata": {"total_size": 16, "more": [{}]},
         "weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors", "c": "model-2.safetensors"}}"""))) {
      assertThat(tensors.names()).containsExactly("a", "b", "c");
      assertThat(tensors.get("a").toFloats()).containsExactly(1, 2);
      assertThat(tensors.get("c").toFloats()).containsExactly(4);
    }
  }

  @Test
  void knowsTheIndexOfAVariantByItsName() {
    Path index = SafetensorsBytes.file(folder, "model.safetensors.index.fp16.json",
        "{\"weight_map\": {\"a\": \"model-1.safetensors\"}}".getBytes(StandardCharsets.UTF_8));
    try (Tensors tensors = WeightFiles.open(index)) {
      assertThat(tensors.names()).containsExactly("a");
    }
  }

  @Test
  void namesEveryTensorThatIsNotWhereTheIndexSays() {
    Path index = index("""
        {"weight_map": {"a": "model-2.safetensors", "b": "model-2.safetensors", "d": "model-1.safetensors"}}""");
    assertThatThrownBy(() -> WeightFiles.open(index)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("model-2.safetensors holds the tensor 'c', which the index does not look for there")
        .hasMessageContaining("model-1.safetensors holds the tensor 'a'")
        .hasMessageContaining("model-2.safetensors lacks the tensor 'a'")
        .hasMessageContaining("model-1.safetensors lacks the tensor 'd'");
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path index = index("{\"weight_map\": {\"a\": \"model-3.safetensors\"}}");
    assertThatThrownBy(() -> WeightFiles.open(index)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("there is no file").hasMessageContaining("model-3.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../model-1.safetensors", "/etc/passwd", "a/b.safetensors", "..", ".hidden", "", "a\\\\b"})
  void refusesFilesAnywhereButBesideTheIndex(String shard) {
    Path index = index("{\"weight_map\": {\"a\": \"%s\"}}".formatted(shard));
    assertThatThrownBy(() -> WeightFiles.open(index)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("no name of a file beside the index");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"weight_map\": {}}", "[]", "{\"weight_map\": []}", "{\"weight_map\": {\"a\": 1}}",
      "{\"weight_map\": {\"a\": \"m\", \"a\": \"n\"}}", "{\"weight_map\": {\"a\": \"m\"}, \"weight_map\": {}}",
      "{\"metadata\": [[[[[[[[[[[[[[1]]]]]]]]]]]]]]}", "no"})
  void refusesWhatIsNoIndex(String text) {
    Path index = index(text);
    assertThatThrownBy(() -> WeightFiles.open(index)).isInstanceOf(RequestFault.class)
        .hasMessageStartingWith(index.toString());
  }

  private Path index(String text) {
    return SafetensorsBytes.file(folder, "model.safetensors.index.json", text.getBytes(StandardCharsets.UTF_8));
  }

  private void shard(String name, Tensor... tensors) {
    SafetensorsWriter.write(folder.resolve(name), Tensors.of("test", List.of(tensors)), Map.of());
  }
}
