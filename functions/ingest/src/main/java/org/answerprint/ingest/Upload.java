package org.answerprint.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.answerprint.events.ObjectVersion;
import org.answerprint.events.TaskKey;
import org.answerprint.jobs.Job;
import org.answerprint.recipe.RecipeLookup;
import org.answerprint.storage.ObjectInfo;
import org.answerprint.storage.ObjectStore;

/**
 * One version of an object in the bucket {@code in}.
 *
 * @param object its name and version
 * @param tag its ETag
 * @param landed when it was last written, or asked for by its recipe, by the store's clock
 */
record Upload(ObjectVersion object, String tag, Instant landed) {

  private static final List<String> PICTURES = List.of(".png", ".jpg", ".jpeg", ".webp");

  static Optional<Upload> find(ObjectStore store, String bucket, String key) {
    return store.head(bucket, key).map(info -> of(bucket, info));
  }

  static Upload of(String bucket, ObjectInfo info) {
    return new Upload(Job.input(bucket, info), info.tag(), info.modified());
  }

  /** The same, asked for by this recipe, which may have landed after it. */
  Upload askedForBy(Upload recipe) {
    return recipe.landed.isAfter(landed) ? new Upload(object, tag, recipe.landed) : this;
  }

  String key() {
    return object.key();
  }

  /** Names this upload in marks, whether a listing or an event told of it. */
  String hash() {
    return hash(object.bucket(), object.key(), tag);
  }

  static String hash(String... parts) {
    return TaskKey.hashOf(List.of(parts)).value();
  }

  /** Files that help to edit others, and folders that some tools leave. */
  static boolean isSupport(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return name.endsWith("/") || name.endsWith(".cube") || (name.endsWith(".yaml") || name.endsWith(".yml")) && !RecipeLookup.isRecipe(key);
  }

  static boolean isPicture(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return PICTURES.stream().anyMatch(name::endsWith);
  }
}
