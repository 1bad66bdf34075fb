package org.answerprint.ingest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Options;
import org.answerprint.recipe.Recipe;
import org.answerprint.storage.ObjectInfo;
import org.answerprint.storage.ObjectStore;

/** Checks the other objects that a recipe names, before any work, and pins their versions. */
final class Assets {

  private static final int TABLE_BYTES = 16 << 20;

  private final ObjectStore store;
  private final String bucket;

  Assets(ObjectStore store, String bucket) {
    this.store = store;
    this.bucket = bucket;
  }

  /**
   * The ETag of every look-up table that the recipe can come to need.
   *
   * @throws RequestFault where one is missing, or is no look-up table
   */
  SortedMap<String, String> resolve(Recipe recipe) {
    SortedMap<String, String> tags = new TreeMap<>();
    uses(recipe).flatMap(use -> Methods.byName(use.getKey()).assets(use.getValue()).stream()).distinct()
        .forEach(key -> tags.put(key, check(key)));
    return tags;
  }

  /** Every method with every set of options that it may be run with. */
  private static Stream<Map.Entry<String, Options>> uses(Recipe recipe) {
    List<String> methods = Stream.concat(Stream.of(recipe.method()), recipe.changes().flatMap(c -> c.method().stream())).distinct().toList();
    List<Options> options = Stream.concat(Stream.of(recipe.options()), recipe.changes().flatMap(c -> c.options().stream())).distinct().toList();
    return methods.stream().flatMap(method -> options.stream().map(o -> Map.entry(method, o)));
  }

  private String check(String key) {
    ObjectInfo info = store.head(bucket, key).orElseThrow(() -> new RequestFault(
        "the look-up table " + key + " that the recipe names is not in bucket " + bucket + "; land it there first, or correct options.lut"));
    byte[] head = new byte[(int) Math.min(info.size(), TABLE_BYTES)];
    if (info.size() > TABLE_BYTES || head.length == 0 || !describesTable(read(key, info, head))) {
      throw new RequestFault("the object " + key + " is no .cube look-up table of at most 16 MiB with a LUT_3D_SIZE from 2 to 128");
    }
    return info.tag();
  }

  private String read(String key, ObjectInfo info, byte[] into) {
    int filled = 0;
    for (int n; filled < into.length && (n = store.read(bucket, key, info.tag(), filled, into, filled, into.length - filled)) > 0; ) {
      filled += n;
    }
    return new String(into, 0, filled, StandardCharsets.UTF_8);
  }

  private static boolean describesTable(String text) {
    int size = 0;
    long rows = 0;
    for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList()) {
      String[] words = line.split("\\s+");
      if (words[0].equals("LUT_3D_SIZE") && words.length == 2 && words[1].matches("\\d{1,3}")) {
        size = Integer.parseInt(words[1]);
      } else if (words.length == 3 && Stream.of(words).allMatch(Assets::isNumber)) {
        rows++;
      }
    }
    return size >= 2 && size <= 128 && rows == (long) size * size * size;
  }

  private static boolean isNumber(String word) {
    return word.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
  }
}
