package org.answerprint.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.answerprint.events.JobId;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobStore;
import org.answerprint.recipe.Recipe;
import org.answerprint.storage.ObjectStore;

/** Lands a video with its recipe as anybody could, and knows which job ingest makes of it. */
final class Landing {

  private static final int RECIPE_BYTES = 64 << 10;

  private final ObjectStore store;
  private final String bucket;

  Landing(JobStore jobs) {
    this.store = jobs.objects();
    this.bucket = jobs.buckets().in();
  }

  /**
   * Lands what is not there yet: the recipe first, then the video.
   *
   * @param key of the video; its name must tell the pair of video and recipe from others
   * @param text the recipe as it is to lie there
   * @param recipe what it says
   * @return the id of the job that there is or will be for it
   */
  JobId land(String key, String text, Recipe recipe, Path video) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > RECIPE_BYTES) {
      throw new RequestFault("the recipe with everything written out is " + Wording.bytes(bytes.length) + " long; at most "
          + Wording.bytes(RECIPE_BYTES) + " are read, so list fewer shots");
    }
    store.putIfAbsent(bucket, key + ".recipe.yaml", bytes, "application/yaml");
    store.putIfAbsent(bucket, key, video, "application/octet-stream");
    return find(key, recipe).orElseThrow(
        () -> new TransientFault("the upload " + key + " is gone from bucket " + bucket + " again; run the same command once more"));
  }

  /** The id of the job that there is or will be for a video that has landed there under this recipe; empty where none has. */
  Optional<JobId> find(String key, Recipe recipe) {
    return store.head(bucket, key).map(info -> Job.idOf(List.of(Job.input(bucket, info)), recipe.canonical()));
  }
}
