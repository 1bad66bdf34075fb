package org.answerprint.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsReaderTest {

  private static final String ONE = "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}";

  @TempDir
  Path folder;

  @Test
  void readsAFileThatTheReferenceLibraryWrote() throws URISyntaxException {
    Path file = Path.of(getClass().getResource("/text_encoder.safetensors").toURI());
    try (Tensors tensors = WeightFiles.open(file)) {
      Tensor tokens = tensors.get("embeddings.token_embedding.weight");
      assertThat(tensors.size()).isEqualTo(52);
      assertThat(tokens.type()).isEqualTo(ElementType.FLOAT32);
      assertThat(tokens.shape()).isEqualTo(Shape.of(689, 24));
      assertThat(tokens.toFloats()).startsWith(0.023552846f, 0.011451930f, -0.026523937f);
      assertThat(tensors.bytes()).isEqualTo(tensors.all().stream().mapToLong(each -> each.data().byteSize()).sum());
    }
  }

  @Test
  void readsTensorsOfAnyKnownTypeInTheOrderOfTheHeader() {
    Path file = write(SafetensorsBytes.of("""
        {"__metadata__":{"format":"pt"},
         "half":{"dtype":"F16","shape":[2],"data_offsets":[4,8]},
         "brain":{"shape":[1,2],"dtype":"BF16","data_offsets":[0,4]},
         "flag":{"dtype":"BOOL","shape":[],"data_offsets":[8,9]},
         "none":{"dtype":"F64","shape":[3,0],"data_offsets":[9,9]}} \s""",
        0x80, 0x3f, 0x00, 0xc0, 0x00, 0x3c, 0x00, 0xc0, 1));
    try (Tensors tensors = WeightFiles.open(file)) {
      assertThat(tensors.names()).containsExactly("half", "brain", "flag", "none");
      assertThat(tensors.get("half").toFloats()).containsExactly(1, -2);
      assertThat(tensors.get("brain").toFloats()).containsExactly(1, -2);
      assertThat(tensors.get("brain").shape()).isEqualTo(Shape.of(1, 2));
      assertThat(tensors.get("flag").shape()).isEqualTo(Shape.of());
      assertThat(tensors.get("flag").buffer().get(0)).isEqualTo((byte) 1);
      assertThat(tensors.get("none").toFloats()).isEmpty();
    }
  }

  @Test
  void readsATensorThatLiesBeyondTwoGibibytes() throws IOException {
    long bytes = 3L << 30;
    String header = """
        {"large":{"dtype":"F32","shape":[%d],"data_offsets":[0,%d]},
         "last":{"dtype":"F32","shape":[1],"data_offsets":[%d,%d]}}\
        """.formatted(bytes / 4, bytes, bytes, bytes + 4);
    Path file = write(SafetensorsBytes.of(header));
    try (FileChannel sparse = FileChannel.open(file, StandardOpenOption.WRITE)) {
      sparse.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 7),
          Long.BYTES + header.length() + bytes);
    }
    try (Tensors tensors = WeightFiles.open(file)) {
      assertThat(tensors.get("last").toFloats()).containsExactly(7);
      float[] end = new float[2];
      Conversion.toFloats(tensors.get("large"), bytes / 4 - 2, end, 0, 2);
      assertThat(end).containsExactly(0, 0);
      assertThatThrownBy(() -> tensors.get("large").buffer()).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void freesTheMappingOnceForAllSetsMadeFromIt() {
    Tensors tensors = WeightFiles.open(write(SafetensorsBytes.of(ONE, 1, 2)));
    Tensors renamed = tensors.renamed(name -> "b." + name);
    Tensor tensor = renamed.get("b.a");
    tensors.close();
    renamed.close();
    assertThatThrownBy(() -> tensor.buffer().get(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void namesFileAndTensorWhereATensorIsMissing() {
    try (Tensors tensors = WeightFiles.open(write(SafetensorsBytes.of(ONE, 1, 2)))) {
      assertThatThrownBy(() -> tensors.get("b")).isInstanceOf(RequestFault.class)
          .hasMessageContaining("model.safetensors").hasMessageContaining("'b'");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static Stream<Arguments> wrongFiles() {
    return Stream.of(
        wrong("nothing at all", new byte[0], "0 bytes long"),
        wrong("a header longer than the file", SafetensorsBytes.of(50, new byte[] {'{', '}'}), "within its header"),
        wrong("a header of a terabyte", SafetensorsBytes.of(1L << 40, new byte[] {'{', '}'}), "1099511627776"),
        wrong("a header of negative length", SafetensorsBytes.of(-1, new byte[] {'{', '}'}), "18446744073709551615"),
        wrong("a pickle of old", new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 'l', (byte) 0xfc, -100, 'F', -7, 'j'},
            "a PyTorch before 1.6"),
        wrong("a pointer", ascii("version https://git-lfs.github.com/spec/v1\n"), "git lfs pull"),
        wrong("a page", ascii("<!doctype html><html>"), "a web page"),
        wrong("TensorFlow's", new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 26, '\n'}, "TensorFlow"),
        wrong("something else", ascii("something else"), "neither a PyTorch zip checkpoint"),
        wrong("an empty header", SafetensorsBytes.of(""), "missing"),
        wrong("a list for a header", SafetensorsBytes.of("[]"), "a list"),
        wrong("an open end", SafetensorsBytes.of("{\"a\":"), "no proper JSON"),
        wrong("two documents", SafetensorsBytes.of("{} {}"), "words behind the end"),
        wrong("deep nesting", SafetensorsBytes.of("{\"a\":" + "[".repeat(100_000)), "should be an object"),
        wrong("deep nesting in metadata", SafetensorsBytes.of("{\"__metadata__\":{\"a\":" + "[".repeat(100_000)),
            "should be text"),
        wrong("a name without end", SafetensorsBytes.of("{\"" + "a".repeat(100_000) + "\":1}"), "no proper JSON"),
        wrong("bytes that are no text",
            SafetensorsBytes.of(8, new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}', ' '}), "not UTF-8"),
        wrong("text of two bytes a letter",
            SafetensorsBytes.of(4, new byte[] {'{', 0, '}', 0}), "no proper JSON"),
        wrong("two tensors of one name", SafetensorsBytes.of(
            "{\"a\":%s,\"a\":%s}".formatted(tensor("U8", "[1]", 0, 1), tensor("U8", "[1]", 1, 2)), 1, 2), "'a' twice"),
        wrong("a field twice", one("{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}"),
            "'dtype' is given twice"),
        wrong("a field that means nothing", one("{\"type\":\"U8\"}"), "'type' means nothing"),
        wrong("no offsets", one("{\"dtype\":\"U8\",\"shape\":[1]}"), "has no data_offsets"),
        wrong("a number for a tensor", one("1"), "should be an object and is a whole number"),
        wrong("an unknown type", one(tensor("F8_E4M3", "[1]", 0, 1)), "'F8_E4M3'"),
        wrong("a negative axis", one(tensor("U8", "[-1]", 0, 1)), "is -1, which is out of range"),
        wrong("half an axis", one(tensor("U8", "[0.5]", 0, 1)), "a fraction"),
        wrong("an endless axis", one(tensor("U8", "[123456789012345678901]", 0, 1)), "out of range"),
        wrong("more elements than a long", one(tensor("U8", "[4611686018427387904,4]", 0, 1)), "cannot be"),
        wrong("more bytes than a long", one(tensor("F64", "[4611686018427387904]", 0, 1)), "cannot be"),
        wrong("too many axes", one(tensor("U8", "[" + "1,".repeat(40) + "1]", 0, 1)), "more than 32"),
        wrong("three offsets", one("{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1,2]}"), "more than 2"),
        wrong("offsets that run back", one(tensor("U8", "[1]", 1, 0)), "no range"),
        wrong("fewer bytes than elements", one(tensor("F32", "[1]", 0, 1)), "needs 4 bytes and is given 1"),
        wrong("an end beyond the file", one(tensor("U8", "[9]", 0, 9)), "ends within the tensor 'a'"),
        wrong("a gap", SafetensorsBytes.of("{\"a\":" + tensor("U8", "[1]", 1, 2) + "}", 1, 2), "belong to none"),
        wrong("bytes behind the last", SafetensorsBytes.of(ONE, 1, 2, 3), "belong to none"),
        wrong("an overlap", SafetensorsBytes.of(
            "{\"a\":%s,\"b\":%s}".formatted(tensor("U8", "[2]", 0, 2), tensor("U8", "[2]", 1, 3)), 1, 2, 3),
            "'b' overlaps another"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongFiles")
  void refuses(String what, byte[] bytes, String why) {
    Path file = write(bytes);
    assertThatThrownBy(() -> WeightFiles.open(file)).isInstanceOf(RequestFault.class)
        .hasMessageStartingWith(file.toString()).hasMessageContaining(why);
  }

  @Test
  void refusesWhatIsNoFile() {
    assertThatThrownBy(() -> WeightFiles.open(folder.resolve("none.safetensors")))
        .isInstanceOf(RequestFault.class).hasMessageContaining("there is no file");
    assertThatThrownBy(() -> WeightFiles.open(folder)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("not a regular file");
  }

  @Test
  void keepsAStrangersControlCharactersAndLengthsOutOfMessages() {
    String name = "\\u001b[31m\\n" + "x".repeat(3000);
    Path file = write(SafetensorsBytes.of("{\"%s\":1}".formatted(name)));
    assertThatThrownBy(() -> WeightFiles.open(file)).isInstanceOf(RequestFault.class)
        .satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(600).doesNotContain("\u001b", "\n"));
  }

  @Test
  void readsOrRefusesWhateverAFileBecomesByAccident() throws IOException {
    byte[] good = SafetensorsBytes.of(
        "{\"a\":%s,\"b\":%s}".formatted(tensor("F16", "[1,2]", 0, 4), tensor("U8", "[2]", 4, 6)), 1, 2, 3, 4, 5, 6);
    Random random = new Random(5);
    for (int i = 0; i < 1500; i++) {
      byte[] bytes = good.clone();
      for (int hit = random.nextInt(3); hit >= 0; hit--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Path file = write(bytes);
      try (Tensors tensors = WeightFiles.open(file)) {
        tensors.all().forEach(Tensor::buffer);
      } catch (RequestFault refused) {
        assertThat(refused).hasMessageStartingWith(file.toString());
      }
    }
  }

  private static Arguments wrong(String what, byte[] bytes, String why) {
    return Arguments.of(what, bytes, why);
  }

  private static byte[] one(String tensor) {
    return SafetensorsBytes.of("{\"a\":" + tensor + "}", 1);
  }

  private static String tensor(String type, String shape, long begin, long end) {
    return "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}".formatted(type, shape, begin, end);
  }

  private Path write(byte[] bytes) {
    return SafetensorsBytes.file(folder, "model.safetensors", bytes);
  }
}
