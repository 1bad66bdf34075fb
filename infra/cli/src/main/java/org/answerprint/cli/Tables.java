package org.answerprint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Changes;
import org.answerprint.recipe.MethodRules;
import org.answerprint.recipe.OptionValue;
import org.answerprint.recipe.Options;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.ShotEntry;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.storage.Digests;
import org.answerprint.storage.ObjectStore;

/**
 * Brings the look-up tables that a recipe names into the bucket: those beside the recipe's file are uploaded. A file
 * goes under the name that the recipe uses; where another table lies there, under one that tells its bytes.
 */
final class Tables {

  private static final int MOST_BYTES = 16 << 20;

  private final ObjectStore store;
  private final String bucket;
  private final Optional<Path> folder;
  private final String where;

  /**
   * @param folder that names are relative to, where the recipe is a file
   * @param where names the recipe in messages
   */
  Tables(ObjectStore store, String bucket, Optional<Path> folder, String where) {
    this.store = store;
    this.bucket = bucket;
    this.folder = folder;
    this.where = where;
  }

  /**
   * The recipe with every table in the bucket, under the names that it uses now.
   *
   * @throws RequestFault where one is neither beside the recipe nor in the bucket
   */
  Recipe land(Recipe recipe) {
    Map<String, String> landed = new HashMap<>();
    Stream.concat(Stream.of(recipe.options()), recipe.shots().stream().flatMap(s -> s.changes().options().stream()))
        .flatMap(Tables::keys).distinct().forEach(key -> landed.put(key, land(key)));
    return renamed(recipe, landed);
  }

  private static Stream<String> keys(Options options) {
    return Methods.catalogue().methods().stream().map(MethodRules::name)
        .flatMap(method -> Methods.byName(method).assets(options).stream());
  }

  private String land(String key) {
    Optional<byte[]> local = folder.map(f -> f.resolve(key)).filter(Files::isRegularFile).map(this::read);
    Optional<byte[]> there = store.get(bucket, key, MOST_BYTES);
    if (local.isEmpty() && there.isEmpty()) {
      throw new RequestFault("the look-up table " + key + " that " + where + " names is neither a file"
          + folder.map(f -> " in " + f).orElse("") + " nor in bucket " + bucket + "; put it there or correct options.lut");
    }
    if (local.isEmpty() || there.isPresent() && Arrays.equals(local.get(), there.get())) {
      return key;
    }
    String target = there.isEmpty() ? key
        : "edit/tables/" + Digests.sha256(local.get()).substring(0, 12) + "/" + Path.of(key).getFileName();
    store.putIfAbsent(bucket, target, local.get(), "text/plain");
    return target;
  }

  private byte[] read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new RequestFault("the look-up table " + file + " is larger than " + Wording.bytes(MOST_BYTES) + "; use a smaller one");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new RequestFault("the look-up table " + file + " cannot be read (" + e.getMessage() + "); check the file", e);
    }
  }

  private static Recipe renamed(Recipe recipe, Map<String, String> names) {
    ShotRecipe b = recipe.base();
    ShotRecipe base = new ShotRecipe(b.method(), b.model(), b.prompt(), b.sourcePrompt(), b.seed(), b.steps(),
        renamed(b.options(), names), b.transition());
    return new Recipe(base, recipe.onShotFailure(), recipe.maxCost(),
        recipe.shots().stream().map(entry -> new ShotEntry(entry.match(), renamed(entry.changes(), names))).toList(), recipe.story());
  }

  private static Changes renamed(Changes c, Map<String, String> names) {
    return new Changes(c.method(), c.model(), c.prompt(), c.sourcePrompt(), c.seed(), c.steps(),
        c.options().map(options -> renamed(options, names)), c.transition());
  }

  private static Options renamed(Options options, Map<String, String> names) {
    TreeMap<String, OptionValue> values = new TreeMap<>(options.values());
    keys(options).forEach(key -> values.replaceAll((name, value) ->
        value.equals(new OptionValue.Text(key)) ? new OptionValue.Text(names.get(key)) : value));
    return new Options(values);
  }
}
