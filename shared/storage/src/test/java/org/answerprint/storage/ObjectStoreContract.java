package org.answerprint.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises, asked of a real one. */
abstract class ObjectStoreContract {

  private static final int WRITERS = 8;
  private static final int PAGE_AND_MORE = 1100;
  private static final String TEXT = "text/plain";

  @TempDir
  Path files;

  /** Every test has a folder of its own. */
  private final String folder = "contract/" + UUID.randomUUID() + "/";

  abstract ObjectStore store();

  abstract String bucket();

  @Test
  void writesOnceAndKeepsTheFirst() {
    assertThat(put("a", "first")).isTrue();
    assertThat(put("a", "second")).isFalse();

    assertThat(text("a")).contains("first");
  }

  @Test
  void oneOfEightWritersWins() throws Exception {
    for (int round = 0; round < 6; round++) {
      String key = "race-" + round;
      List<Boolean> won = together(i -> put(key, "writer " + i));

      assertThat(won).filteredOn(w -> w).hasSize(1);
      assertThat(text(key)).contains("writer " + won.indexOf(true));
    }
  }

  @Test
  void oneOfEightReplacersWins() throws Exception {
    for (int round = 0; round < 6; round++) {
      String key = "replaced-" + round;
      put(key, "before");
      Optional<String> tag = Optional.of(tag(key));
      List<Boolean> won = together(i -> replace(key, tag, "replacer " + i));

      assertThat(won).filteredOn(w -> w).hasSize(1);
      assertThat(text(key)).contains("replacer " + won.indexOf(true));
    }
  }

  @Test
  void replacesOnlyWhatWasRead() {
    assertThat(replace("a", Optional.of("0123456789abcdef0123456789abcdef"), "nothing there")).isFalse();
    assertThat(text("a")).isEmpty();
    assertThat(replace("a", Optional.empty(), "one")).isTrue();
    assertThat(replace("a", Optional.empty(), "two")).isFalse();
    String first = tag("a");
    assertThat(replace("a", Optional.of(first), "three")).isTrue();
    assertThat(replace("a", Optional.of(first), "four")).isFalse();

    assertThat(text("a")).contains("three");
    assertThat(tag("a")).isNotEqualTo(first);
  }

  @Test
  void putWritesWhateverWasThere() {
    store().put(bucket(), key("a"), bytes("one"), TEXT);
    store().put(bucket(), key("a"), bytes("two"), TEXT);

    assertThat(text("a")).contains("two");
  }

  @Test
  void headTellsWhatIsThere() {
    Instant before = Instant.now();
    put("a", "12345");

    assertThat(store().head(bucket(), key("a"))).hasValueSatisfying(info -> {
      assertThat(info.key()).isEqualTo(key("a"));
      assertThat(info.size()).isEqualTo(5);
      assertThat(info.tag()).isNotBlank().doesNotContain("\"");
      assertThat(info.modified()).isBetween(before.minus(Duration.ofMinutes(1)), before.plus(Duration.ofMinutes(1)));
    });
    assertThat(store().head(bucket(), key("b"))).isEmpty();
  }

  @Test
  void listTellsTheSameAsHead() {
    put("a", "12345");

    List<ObjectInfo> listed = list("");
    ObjectInfo head = store().head(bucket(), key("a")).orElseThrow();
    assertThat(listed).singleElement().satisfies(info -> {
      assertThat(info.key()).isEqualTo(head.key());
      assertThat(info.size()).isEqualTo(head.size());
      assertThat(info.tag()).isEqualTo(head.tag());
      assertThat(Duration.between(info.modified(), head.modified()).abs()).isLessThan(Duration.ofSeconds(2));
    });
  }

  @Test
  void getsUpToTheLimitAndNoFurther() {
    put("a", "12345");

    assertThat(store().get(bucket(), key("a"), 5)).hasValue(bytes("12345"));
    assertThatThrownBy(() -> store().get(bucket(), key("a"), 4)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("5 bytes");
    assertThat(store().get(bucket(), key("b"), 4)).isEmpty();
  }

  @Test
  void whatWasReadBelongsToTheReader() {
    put("a", "12345");
    store().get(bucket(), key("a"), 5).orElseThrow()[0] = 'x';

    assertThat(text("a")).contains("12345");
  }

  @Test
  void readsRangesOfAPinnedVersion() {
    put("a", "0123456789");
    String tag = tag("a");

    assertThat(range("a", tag, 3, 4)).isEqualTo("3456");
    assertThat(range("a", tag, 0, 10)).isEqualTo("0123456789");
    assertThat(range("a", tag, 8, 100)).as("past the end").isEqualTo("89");
    assertThat(range("a", tag, 9, 1)).isEqualTo("9");
    assertThat(range("a", tag, 10, 1)).as("at the end").isEqualTo("end");
    assertThat(range("a", tag, 1L << 33, 5)).as("far behind the end").isEqualTo("end");
    assertThat(range("a", tag, 4, 0)).as("nothing asked for").isEmpty();
  }

  @Test
  void readsIntoTheMiddleOfAnArray() {
    put("a", "0123456789");
    byte[] into = bytes("----------");

    assertThat(store().read(bucket(), key("a"), tag("a"), 2, into, 3, 4)).isEqualTo(4);
    assertThat(new String(into, UTF_8)).isEqualTo("---2345---");
  }

  @Test
  void anEmptyObjectIsThereAndHasNoBytes() {
    put("a", "");

    assertThat(text("a")).contains("");
    assertThat(range("a", tag("a"), 0, 8)).isEqualTo("end");
  }

  @Test
  void aPinnedReadFailsOnceTheObjectIsReplaced() {
    put("a", "one");
    String tag = tag("a");
    store().put(bucket(), key("a"), bytes("two"), TEXT);

    assertThatThrownBy(() -> range("a", tag, 0, 3)).isInstanceOf(RequestFault.class).hasMessageContaining("replaced");
  }

  @Test
  void aPinnedReadFailsOnceTheObjectIsGone() {
    put("a", "one");
    String tag = tag("a");
    store().delete(bucket(), key("a"));

    assertThatThrownBy(() -> range("a", tag, 0, 3)).isInstanceOf(RequestFault.class).hasMessageContaining("gone");
  }

  @Test
  void listsWhatStartsWithThePrefixInKeyOrder() {
    List.of("b/2", "a/1", "b/10", "b-0", "bc/1", "b/1").forEach(name -> put(name, name));

    assertThat(names("b/")).containsExactly("b/1", "b/10", "b/2");
    assertThat(names("b")).containsExactly("b-0", "b/1", "b/10", "b/2", "bc/1");
    assertThat(names("x")).isEmpty();
  }

  @Test
  void listsEveryPage() throws Exception {
    List<String> keys = IntStream.range(0, PAGE_AND_MORE).mapToObj(i -> String.format("page/%04d", i)).toList();
    together(i -> IntStream.range(0, PAGE_AND_MORE).filter(k -> k % WRITERS == i).allMatch(k -> put(keys.get(k), "")));

    assertThat(names("page/")).containsExactlyElementsOf(keys);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "two words.mp4", "a+b.mp4", "100%.mp4", "%2F.mp4", "%20+ %2B", "-leading", "it's \"quoted\".mp4",
        "né à Zürich.mp4", "映画.mp4", "🎬.mp4",
    "a&b=c?d#e.mp4", "semi;colon,comma", "<tag>", "[1]{2}|^`~", "back\\slash", "dots...", ".hidden", "trailing ",
        " leading", "$x@y:z!*()"
  })
  void keepsOddKeysAsTheyAre(String name) throws IOException {
    assertThat(put(name, "odd")).isTrue();
    assertThat(put(name, "again")).isFalse();

    assertThat(text(name)).contains("odd");
    assertThat(store().head(bucket(), key(name))).map(ObjectInfo::key).contains(key(name));
    assertThat(range(name, tag(name), 1, 2)).isEqualTo("dd");
    assertThat(store().download(bucket(), key(name), files.resolve("copy"))).isTrue();
    assertThat(files.resolve("copy")).hasContent("odd");
    assertThat(names("")).containsExactly(name);
    assertThat(names(name)).containsExactly(name);
    store().delete(bucket(), key(name));
    assertThat(names("")).isEmpty();
  }

  @Test
  void deletesQuietly() {
    put("a", "one");
    store().delete(bucket(), key("a"));
    store().delete(bucket(), key("a"));

    assertThat(text("a")).isEmpty();
    assertThat(put("a", "anew")).isTrue();
  }

  @Test
  void downloadsOverWhateverWasThere() throws IOException {
    put("a", "new");
    Path file = Files.writeString(files.resolve("file"), "older and longer");

    assertThat(store().download(bucket(), key("a"), file)).isTrue();
    assertThat(file).hasContent("new");
    assertThat(left()).containsExactly("file");
  }

  @Test
  void aDownloadOfNothingLeavesTheFileAlone() throws IOException {
    Path file = Files.writeString(files.resolve("file"), "older");

    assertThat(store().download(bucket(), key("a"), file)).isFalse();
    assertThat(file).hasContent("older");
    assertThat(store().download(bucket(), key("a"), files.resolve("none"))).isFalse();
    assertThat(left()).containsExactly("file");
  }

  /** A folder that is not empty stands where the file should go. */
  @Test
  void aDownloadThatCannotBeFinishedLeavesNothingBehind() throws IOException {
    put("a", "new");
    Path taken = Files.createDirectories(files.resolve("taken"));
    Files.writeString(taken.resolve("inside"), "here");

    assertThatThrownBy(() -> store().download(bucket(), key("a"), taken)).isInstanceOf(TransientFault.class);
    assertThat(left()).containsExactly("taken");
    assertThatThrownBy(() -> store().download(bucket(), key("a"), files.resolve("no").resolve("folder")))
        .isInstanceOf(TransientFault.class);
  }

  @Test
  void writesFilesOnce() throws IOException {
    Path one = Files.writeString(files.resolve("one"), "one");
    Path two = Files.writeString(files.resolve("two"), "two");

    assertThat(store().putIfAbsent(bucket(), key("a"), one, TEXT)).isTrue();
    assertThat(store().putIfAbsent(bucket(), key("a"), two, TEXT)).isFalse();
    assertThat(text("a")).contains("one");
  }

  @Test
  void oneOfEightWritersOfFilesWins() throws Exception {
    List<Path> sources = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      sources.add(Files.writeString(files.resolve("source-" + i), "file " + i));
    }
    List<Boolean> won = together(i -> store().putIfAbsent(bucket(), key("a"), sources.get(i), TEXT));

    assertThat(won).filteredOn(w -> w).hasSize(1);
    assertThat(text("a")).contains("file " + won.indexOf(true));
  }

  final String key(String name) {
    return folder + name;
  }

  final String tag(String name) {
    return store().head(bucket(), key(name)).orElseThrow().tag();
  }

  final Optional<String> text(String name) {
    return store().get(bucket(), key(name), 1 << 20).map(b -> new String(b, UTF_8));
  }

  private boolean put(String name, String text) {
    return store().putIfAbsent(bucket(), key(name), bytes(text), TEXT);
  }

  private boolean replace(String name, Optional<String> tag, String text) {
    return store().replace(bucket(), key(name), tag, bytes(text), TEXT);
  }

  private String range(String name, String tag, long position, int length) {
    byte[] into = new byte[length];
    int n = store().read(bucket(), key(name), tag, position, into, 0, length);
    return n < 0 ? "end" : new String(Arrays.copyOf(into, n), UTF_8);
  }

  private List<ObjectInfo> list(String prefix) {
    List<ObjectInfo> found = new ArrayList<>();
    store().list(bucket(), key(prefix), found::add);
    return found;
  }

  private List<String> names(String prefix) {
    return list(prefix).stream().map(info -> info.key().substring(folder.length())).toList();
  }

  private List<String> left() throws IOException {
    try (var found = Files.list(files)) {
      return found.map(file -> file.getFileName().toString()).toList();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** What one of several writers does. */
  interface Writer {
    boolean write(int number) throws Exception;
  }

  static List<Boolean> together(Writer writer) throws Exception {
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Callable<Boolean>> calls = IntStream.range(0, WRITERS).<Callable<Boolean>>mapToObj(i -> () -> {
        start.await();
        return writer.write(i);
      }).toList();
      List<Boolean> won = new ArrayList<>();
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        won.add(call.get());
      }
      return won;
    }
  }
}
