package org.answerprint.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PyTorchArchiveTest {

  private static final byte[] SIX = floats(0, 1, 2, 3, 4, 5);
  private static final String FLOATS = "torch.FloatStorage";

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsAStateDictAsTorchSavesIt(boolean wide) {
    byte[] pickle = stateDict(new PickleScript(), script -> script
        .text("conv.weight").tensor(FLOATS, "0", 6, 0, new long[] {2, 3}, 3, 1)
        .text("conv.bias").tensor("torch.HalfStorage", "1", 2, 1, new long[] {1}, 1)
        .text("steps").tensor("torch.LongStorage", "2", 1, 0, new long[] {})).end();
    Path file = write(new ZipBytes(wide)
        .file("seine/data.pkl", pickle).file("seine/byteorder", "little".getBytes(StandardCharsets.US_ASCII))
        .file("seine/data/0", SIX).file("seine/data/1", new byte[] {0, 0, 0, 0x3c})
        .file("seine/data/2", new byte[] {7, 0, 0, 0, 0, 0, 0, 0}).file("seine/version", new byte[] {'3', '\n'}).end());
    try (Tensors tensors = WeightFiles.open(file)) {
      assertThat(tensors.names()).containsExactly("conv.weight", "conv.bias", "steps");
      assertThat(tensors.get("conv.weight").shape()).isEqualTo(Shape.of(2, 3));
      assertThat(tensors.get("conv.weight").toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(tensors.get("conv.weight").data().isMapped()).isTrue();
      assertThat(tensors.get("conv.bias").toFloats()).containsExactly(1);
      assertThat(tensors.get("steps").buffer().getLong()).isEqualTo(7);
    }
  }

  @Test
  void findsTheDictionaryThatIsNamedAmongOthers() {
    PickleScript script = new PickleScript().raw("}").memo().raw('(')
        .text("model").raw("}").memo().raw("(").text("a").tensor(FLOATS, "0", 6, 0, new long[] {6}, 1).raw('u')
        .text("opt").raw("}").memo().raw("(").text("state").raw("}").memo().raw("(").whole(0)
        .tensor(FLOATS, "0", 6, 1, new long[] {1}, 1).raw('u').raw('u')
        .text("ema");
    byte[] pickle = stateDict(script, inner -> inner.text("a").tensor(FLOATS, "0", 6, 2, new long[] {1}, 1))
        .text("epoch").whole(70_000).text("lr").raw('G').raw(0x3f, 0xe0, 0, 0, 0, 0, 0, 0)
        .text("betas").raw("]").memo().raw('(').whole(-1).whole(1L << 40).raw('e')
        .text("done").raw(0x88).text("none").raw("N").raw('u').end();
    Path file = write(archive(pickle));
    try (Tensors tensors = WeightFiles.open(file, KeyPath.of("nowhere"), KeyPath.of("ema"), KeyPath.of("model"))) {
      assertThat(tensors.get("a").toFloats()).containsExactly(2);
    }
    assertThatThrownBy(() -> WeightFiles.open(file)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("no tensors in its dictionary /")
        .hasMessageContaining("'model', 'opt', 'ema', 'epoch'");
    assertThatThrownBy(() -> WeightFiles.open(file, KeyPath.of("opt", "state"))).isInstanceOf(RequestFault.class)
        .hasMessageContaining("/opt/state, only 0");
    assertThatThrownBy(() -> WeightFiles.open(file, KeyPath.of("net"), KeyPath.of("epoch", "ema")))
        .isInstanceOf(RequestFault.class).hasMessageContaining("no dictionary /net or /epoch/ema");
  }

  @Test
  void putsTransposedTensorsIntoOrder() {
    byte[] pickle = stateDict(new PickleScript(), script -> script
        .text("transposed").tensor(FLOATS, "0", 6, 0, new long[] {3, 2}, 1, 3)
        .text("everySecond").tensor(FLOATS, "0", 6, 1, new long[] {3}, 2)
        .text("oneRow").tensor(FLOATS, "0", 6, 2, new long[] {1, 2}, 77, 1)
        .text("nothing").tensor(FLOATS, "0", 6, 6, new long[] {0, 5}, 1, 9)).end();
    try (Tensors tensors = WeightFiles.open(write(archive(pickle)))) {
      assertThat(tensors.get("transposed").toFloats()).containsExactly(0, 3, 1, 4, 2, 5);
      assertThat(tensors.get("everySecond").toFloats()).containsExactly(1, 3, 5);
      assertThat(tensors.get("oneRow").toFloats()).containsExactly(2, 3);
      assertThat(tensors.get("oneRow").data().isMapped()).isTrue();
      assertThat(tensors.get("nothing").toFloats()).isEmpty();
    }
  }

  @Test
  void readsParametersAndUntypedStoragesAndNewerProtocols() {
    byte[] pickle = new PickleScript().raw(0x80, 4, 0x95, 9, 0, 0, 0, 0, 0, 0, 0).raw('}').raw(0x94).raw('(')
        .raw(0x8c, 1).raw("p").raw(0x94)
        .raw(0x8c, 12).raw("torch._utils").raw(0x94, 0x8c, 18).raw("_rebuild_parameter").raw(0x94, 0x93)
        .tensor(FLOATS, "0", 6, 5, new long[] {1}, 1).raw(0x88).emptyOrderedDict().raw(0x87).raw('R')
        .text("untyped").global("torch._utils", "_rebuild_tensor_v3").raw('(')
        .storage("torch.storage.UntypedStorage", "0", 24).whole(2).wholes(2).wholes(1).raw(0x89).emptyOrderedDict()
        .global("torch", "float32").raw("tRu").end();
    try (Tensors tensors = WeightFiles.open(write(archive(pickle)))) {
      assertThat(tensors.get("p").toFloats()).containsExactly(5);
      assertThat(tensors.get("untyped").toFloats()).containsExactly(2, 3);
    }
  }

  static Stream<Arguments> nastyPickles() {
    return Stream.of(
        nasty("a command", new PickleScript().raw("cposix\nsystem\n(Vtouch /tmp/owned\ntR"), "'posix.system'"),
        nasty("a command by another name", new PickleScript().raw("cos\nsystem\n"), "'os.system'"),
        nasty("a name of the stack", new PickleScript().text("builtins").text("eval").raw(0x93), "'builtins.eval'"),
        nasty("a name too much of a known module", new PickleScript().raw("ctorch.storage\n_load_from_bytes\n"),
            "'torch.storage._load_from_bytes'"),
        nasty("a name with a path in it", new PickleScript().raw("ctorch._utils\n_rebuild_tensor_v2.__globals__\n"),
            "_rebuild_tensor_v2.__globals__"),
        nasty("an old instance", new PickleScript().raw("(ios\nsystem\n"), "instruction 0x69"),
        nasty("an object", new PickleScript().raw("(oR"), "instruction 0x6f"),
        nasty("a new object", new PickleScript().emptyOrderedDict().raw(")").raw(0x81), "instruction 0x81"),
        nasty("an extension", new PickleScript().raw(0x82, 1), "instruction 0x82"),
        nasty("a name in lines", new PickleScript().raw("P1\n"), "instruction 0x50"),
        nasty("a quantised tensor", new PickleScript().raw("ctorch._utils\n_rebuild_qtensor\n"), "_rebuild_qtensor"),
        nasty("a call of a type", new PickleScript().raw("ctorch\nFloatStorage\n)R"), "cannot be called"),
        nasty("a call of a text", new PickleScript().text("a").raw(")R"), "cannot be called"),
        nasty("a dictionary of something", new PickleScript().global("collections", "OrderedDict").raw("))").raw(0x85)
            .raw("RR"), "cannot be called"),
        nasty("a filled dictionary", new PickleScript().global("collections", "OrderedDict").raw("(]tR"),
            "makes an OrderedDict of something"),
        nasty("the state of a tensor", new PickleScript().tensor(FLOATS, "0", 6, 0, new long[] {1}, 1).raw("}b"),
            "sets the state"),
        nasty("a stack of marks", new PickleScript().raw("(".repeat(200_000)), "deeper than"),
        nasty("lists in lists", new PickleScript().raw("]".repeat(200_000)), "deeper than"),
        nasty("lists into lists without end", new PickleScript().raw("]" + "]a".repeat(4_100_000)),
            "more than 3000000 values"),
        nasty("empty steps without end", new PickleScript().raw("(0".repeat(5_000_000)),
            "longer than 8000000 instructions"),
        nasty("a huge memo", hugeMemo(), "remembers more than"),
        nasty("a memo of nothing", new PickleScript().raw("h\7"), "recalls the value 7"),
        nasty("an empty stack", new PickleScript().raw("0"), "where there is none"),
        nasty("values below a mark", new PickleScript().raw("}(s"), "where there is none"),
        nasty("a mark never set", new PickleScript().raw("}t"), "never set"),
        nasty("a text of four gigabytes", new PickleScript().raw("X").raw(255, 255, 255, 255), "4294967295 bytes"),
        nasty("a text of negative length", new PickleScript().raw(0x8d).raw(255, 255, 255, 255, 255, 255, 255, 255),
            "18446744073709551615 bytes"),
        nasty("a text beyond the end", new PickleScript().raw("X").raw(99, 0, 0, 0), "ends too early"),
        nasty("a number of 200 bytes", new PickleScript().raw(0x8a, 200), "200 bytes long"),
        nasty("a newer protocol", new PickleScript().raw(0x80, 9), "protocol 9"),
        nasty("a key that is a list", new PickleScript().raw("}]Ns"), "neither a word nor a whole number"),
        nasty("a key twice", new PickleScript().raw("}").text("a").raw("Ns").text("a").raw("Ns"), "'a' twice"),
        nasty("half an entry", new PickleScript().raw("}(Nu"), "no dictionary"),
        nasty("an appended tuple", new PickleScript().raw(")Na"), "no list"),
        nasty("a storage that is not there", tensor(FLOATS, "9", 6, 0, new long[] {1}, 1), "'9', which the file"),
        nasty("a storage elsewhere", tensor(FLOATS, "../data.pkl", 6, 0, new long[] {1}, 1), "which the file"),
        nasty("a storage that lies", tensor(FLOATS, "0", 7, 0, new long[] {1}, 1), "has 7 elements of float32"),
        nasty("a storage of negative size", tensor(FLOATS, "0", -6, 0, new long[] {1}, 1), "-6 elements"),
        nasty("a storage that overflows", tensor(FLOATS, "0", (1L << 62) + 6, 0, new long[] {1}, 1), "elements"),
        nasty("a tensor beyond its storage", tensor(FLOATS, "0", 6, 1, new long[] {6}, 1), "lie within"),
        nasty("an offset beyond the storage", tensor(FLOATS, "0", 6, 7, new long[] {0}, 1), "lie within"),
        nasty("a tensor that overflows", tensor(FLOATS, "0", 6, 0, new long[] {1L << 40, 2}, 1L << 40, 1),
            "lie within"),
        nasty("strides that overflow", tensor(FLOATS, "0", 6, 0, new long[] {2, 2}, Long.MAX_VALUE, Long.MAX_VALUE),
            "lie within"),
        nasty("a negative stride", tensor(FLOATS, "0", 6, 5, new long[] {6}, -1), "number from 0"),
        nasty("fewer strides than axes", tensor(FLOATS, "0", 6, 0, new long[] {2, 3}, 1), "strides"),
        nasty("more elements than a long", tensor(FLOATS, "0", 6, 0, new long[] {1L << 62, 4}, 0, 0), "cannot be"),
        nasty("a view that repeats one element for ever",
            new PickleScript().raw("}").text("a").tensor(FLOATS, "0", 6, 0, new long[] {1L << 40}, 0).raw("s"),
            "repeat their elements"),
        nasty("a complex storage", tensor("torch.ComplexFloatStorage", "0", 3, 0, new long[] {1}, 1),
            "'torch.ComplexFloatStorage'"),
        nasty("a number at the top", new PickleScript().whole(5), "other than a dictionary"),
        nasty("an empty dictionary", new PickleScript().raw("}"), "only nothing"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nastyPickles")
  void refuses(String what, byte[] pickle, String why) {
    Path file = write(archive(pickle));
    assertThatThrownBy(() -> WeightFiles.open(file)).isInstanceOf(RequestFault.class)
        .hasMessageStartingWith(file.toString()).hasMessageContaining(why);
  }

  @Test
  void isNotLedInCirclesByADictionaryInItself() {
    Path file = write(archive(new PickleScript().raw("}").memo().text("a").raw("h\0s").end()));
    assertThatThrownBy(() -> WeightFiles.open(file, KeyPath.of("a", "a", "a"))).isInstanceOf(RequestFault.class)
        .hasMessageContaining("no tensors");
  }

  @Test
  void refusesBigEndianFiles() {
    Path file = write(new ZipBytes(false).file("a/data.pkl", new PickleScript().raw("}").end())
        .file("a/byteorder", "big".getBytes(StandardCharsets.US_ASCII)).end());
    assertThatThrownBy(() -> WeightFiles.open(file)).isInstanceOf(RequestFault.class).hasMessageContaining("'big'");
  }

  static Stream<Arguments> wrongArchives() {
    byte[] pickle = new PickleScript().raw("}").end();
    return Stream.of(
        nastyZip("no pickle", new ZipBytes(false).file("a/b.txt", SIX).end(), "without a folder of PyTorch's"),
        nastyZip("two pickles", new ZipBytes(false).file("a/data.pkl", pickle).file("b/data.pkl", pickle).end(),
            "without a folder of PyTorch's"),
        nastyZip("a compressed pickle", new ZipBytes(false).file("a/data.pkl", pickle, 8, pickle.length).end(),
            "compressed"),
        nastyZip("a file twice", new ZipBytes(false).file("a/data.pkl", pickle).file("a/data.pkl", pickle).end(),
            "twice"),
        nastyZip("a size that lies", new ZipBytes(false).file("a/data.pkl", pickle, 0, 5000).end(), "cut short within"),
        nastyZip("a wide size that lies", new ZipBytes(true).file("a/data.pkl", pickle, 0, -5).end(),
            "cut short within"),
        nastyZip("more files than there are", new ZipBytes(false).file("a/data.pkl", pickle).end(2), "damaged zip"),
        nastyZip("billions of files", new ZipBytes(true).file("a/data.pkl", pickle).end(1L << 40), "are the most"),
        nastyZip("a negative number of files", new ZipBytes(true).file("a/data.pkl", pickle).end(-1),
            "are the most"),
        nastyZip("no end", new byte[] {'P', 'K', 3, 4, 0, 0}, "without its end"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongArchives")
  void refusesAnArchiveWith(String what, byte[] zip, String why) {
    Path file = write(zip);
    assertThatThrownBy(() -> WeightFiles.open(file)).isInstanceOf(RequestFault.class)
        .hasMessageStartingWith(file.toString()).hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsOrRefusesWhateverAFileBecomesByAccident(boolean wide) {
    byte[] good = new ZipBytes(wide).file("a/data.pkl", stateDict(new PickleScript(), script -> script
        .text("a").tensor(FLOATS, "0", 6, 0, new long[] {3, 2}, 1, 3)
        .text("b").tensor(FLOATS, "0", 6, 1, new long[] {2}, 2)).end()).file("a/data/0", SIX).end();
    Random random = new Random(9);
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

  /** An OrderedDict with the attribute that {@code state_dict} gives it. */
  private static PickleScript stateDict(PickleScript script, UnaryOperator<PickleScript> entries) {
    script.emptyOrderedDict().raw('(');
    return entries.apply(script).raw("u}").memo().text("_metadata").emptyOrderedDict().raw('(').text("")
        .raw("}").memo().text("version").whole(1).raw("su").raw("s").raw("b");
  }

  private static PickleScript tensor(
      String type, String key, long elements, long offset, long[] size, long... strides) {
    return new PickleScript().raw("}").text("a").tensor(type, key, elements, offset, size, strides).raw("s");
  }

  private static PickleScript hugeMemo() {
    PickleScript script = new PickleScript().raw("N");
    for (int i = 0; i < 2_000_001; i++) {
      script.memo();
    }
    return script;
  }

  private static Arguments nasty(String what, PickleScript script, String why) {
    return Arguments.of(what, script.end(), why);
  }

  private static Arguments nastyZip(String what, byte[] zip, String why) {
    return Arguments.of(what, zip, why);
  }

  private static byte[] archive(byte[] pickle) {
    return new ZipBytes(false).file("archive/data.pkl", pickle).file("archive/data/0", SIX).end();
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private Path write(byte[] bytes) {
    return SafetensorsBytes.file(folder, "model.pt", bytes);
  }
}
