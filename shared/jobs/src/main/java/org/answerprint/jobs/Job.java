package org.answerprint.jobs;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectVersion;
import org.answerprint.faults.InternalFault;
import org.answerprint.storage.ObjectInfo;

/**
 * One upload under one recipe: {@code job.json}, written once.
 *
 * @param id derived from what was uploaded and asked for
 * @param upload the object whose landing asked for the job: a video, or a story's recipe
 * @param created when ingest first saw it
 * @param retry set where this job repeats another
 * @param order what to make, or empty where the upload was rejected
 */
public record Job(JobId id, ObjectVersion upload, Instant created, Optional<Retry> retry, Optional<Order> order) {

  public Job {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(upload, "upload");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(order, "order");
  }

  /** An object as a job's input: told from what lay there before by its version's id, or by its tag where the bucket keeps no versions. */
  public static ObjectVersion input(String bucket, ObjectInfo object) {
    return new ObjectVersion(bucket, object.key(), object.version().orElse(object.tag()), object.size());
  }

  /** The id of the job for these inputs under this recipe: the same for a repeated event, another for another version. */
  public static JobId idOf(List<ObjectVersion> inputs, String canonicalRecipe) {
    List<String> parts = new ArrayList<>();
    for (ObjectVersion input : inputs) {
      parts.addAll(List.of(input.bucket(), input.key(), input.version()));
    }
    parts.add(canonicalRecipe);
    return JobId.hashOf(parts);
  }

  /** The id of the n-th repetition of a job. */
  public static JobId idOfRetry(JobId of, int number) {
    return JobId.hashOf(List.of("retry", of.value(), Integer.toString(number)));
  }

  /** The key below which the results lie in the bucket {@code out}. */
  @JsonIgnore
  public String outputKey() {
    return upload.key();
  }

  /** The order of an accepted job. */
  public Order accepted() {
    return order.orElseThrow(() -> new InternalFault("job " + id + " was rejected and has nothing to make"));
  }

  /** Where the edited film goes. */
  public String filmKey() {
    return outputKey() + "/" + id + ".mp4";
  }

  public String reportKey() {
    return outputKey() + "/" + id + ".report.json";
  }

  public String contactSheetKey() {
    return outputKey() + "/" + id + ".contact-sheet.png";
  }

  public String latestKey() {
    return outputKey() + "/latest.json";
  }
}
