package org.answerprint.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.LinkedHashSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.answerprint.faults.RequestFault;

/**
 * Which file of a sharded set holds which tensor, as {@code model.safetensors.index.json} says.
 *
 * @param file the index itself
 * @param places from a tensor's name to the name of a file beside the index
 */
record ShardIndex(MappedFile file, SequencedMap<String, String> places) {

  private static final int MOST_SHARDS = 1000;
  private static final int MOST_TENSORS = 200_000;
  // No separators, no leading dot: a shard lies beside its index and nowhere else.
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,254}");

  /** @throws RequestFault where the file is no such index */
  static ShardIndex read(MappedFile file) {
    if (file.size() > Json.LONGEST) {
      throw file.fault("is %d bytes long, where an index has %d at the most; fetch it again",
          file.size(), Json.LONGEST);
    }
    return new ShardIndex(file, Json.parse(file, file.bytes(), "the index", ShardIndex::parse));
  }

  /** The names of the files, in the order in which the index first names them. */
  SequencedSet<String> files() {
    return new LinkedHashSet<>(places.sequencedValues());
  }

  /**
   * Reads every shard once and holds what they have against the index.
   *
   * @throws RequestFault with every tensor that is not where the index says
   */
  List<Tensor> read(Function<Path, List<Tensor>> shard) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (String name : files()) {
      for (Tensor tensor : shard.apply(file.path().resolveSibling(name))) {
        if (!name.equals(places.get(tensor.name()))) {
          problems.add("%s holds the tensor %s, which the index does not look for there".formatted(
              name, Quoted.name(tensor.name())));
        } else {
          found.put(tensor.name(), tensor);
        }
      }
    }
    places.forEach((tensor, name) -> {
      if (!found.containsKey(tensor)) {
        problems.add("%s lacks the tensor %s".formatted(name, Quoted.name(tensor)));
      }
    });
    if (!problems.isEmpty()) {
      throw file.fault("and its files are not of one set: %s; fetch them again", String.join(", ", problems));
    }
    return List.copyOf(found.values());
  }

  private static SequencedMap<String, String> parse(JsonParser json) throws IOException {
    SequencedMap<String, String> places = new LinkedHashMap<>();
    boolean seen = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (!field.equals("weight_map")) {
        json.skipChildren();
        continue;
      }
      if (seen) {
        throw new Json.Wrong("weight_map is given twice");
      }
      seen = true;
      weightMap(json, places);
    }
    if (places.isEmpty()) {
      throw new Json.Wrong("it has no weight_map, or an empty one");
    }
    if (places.values().stream().distinct().count() > MOST_SHARDS) {
      throw new Json.Wrong("it names more than %d files".formatted(MOST_SHARDS));
    }
    return places;
  }

  private static void weightMap(JsonParser json, Map<String, String> places) throws IOException {
    Json.expect(json, JsonToken.START_OBJECT, "weight_map");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String tensor = json.currentName();
      json.nextToken();
      String shard = Json.text(json, "the file of tensor " + Quoted.name(tensor));
      if (!FILE_NAME.matcher(shard).matches()) {
        throw new Json.Wrong("tensor %s is said to be in %s, which is no name of a file beside the index".formatted(
            Quoted.name(tensor), Quoted.name(shard)));
      }
      if (places.put(tensor, shard) != null) {
        throw new Json.Wrong("tensor %s is given two places".formatted(Quoted.name(tensor)));
      }
      if (places.size() > MOST_TENSORS) {
        throw new Json.Wrong("it names more than %d tensors".formatted(MOST_TENSORS));
      }
    }
  }
}
