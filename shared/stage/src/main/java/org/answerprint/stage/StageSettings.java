package org.answerprint.stage;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.answerprint.faults.RequestFault;
import org.answerprint.storage.StorageSettings;

/**
 * What a stage is told by its environment. Every problem is reported at once.
 *
 * @param storage the buckets ({@code ANSWERPRINT_S3_ENDPOINT} and kin, see {@link StorageSettings#of})
 * @param bootstrapServers {@code ANSWERPRINT_KAFKA}, where the control topics are
 * @param workQueue {@code ANSWERPRINT_WORK_QUEUE}: {@code kafka} (default) or {@code sqs}
 * @param sqsEndpoint {@code ANSWERPRINT_SQS_ENDPOINT}, an SQS server of one's own
 * @param workQueueName {@code ANSWERPRINT_WORK_QUEUE_NAME}, the topic's or queue's name
 * @param pricePerSecond {@code ANSWERPRINT_PRICE_PER_SECOND} of a worker, for estimates and caps; 0 by default
 * @param patience {@code ANSWERPRINT_PATIENCE_SECONDS}: how long a task that was sent or begun is left alone
 * @param sweepAge {@code ANSWERPRINT_SWEEP_AGE_SECONDS}: how old an upload is before the sweep looks after it
 * @param scratch {@code ANSWERPRINT_SCRATCH}, a folder for files while they are made
 * @param cache {@code ANSWERPRINT_CACHE}, a folder for unpacked natives and archives
 * @param worker {@code ANSWERPRINT_WORKER}, names this process in marks and logs
 */
public record StageSettings(
    StorageSettings storage,
    String bootstrapServers,
    WorkQueueKind workQueue,
    Optional<URI> sqsEndpoint,
    String workQueueName,
    BigDecimal pricePerSecond,
    Duration patience,
    Duration sweepAge,
    Path scratch,
    Path cache,
    String worker) {

  /** Which queue GPU-shaped work goes through. */
  public enum WorkQueueKind { KAFKA, SQS }

  /**
   * Reads the settings.
   *
   * @throws RequestFault naming every variable that is missing or wrong
   */
  public static StageSettings of(Map<String, String> environment) {
    Reader read = new Reader(environment, new ArrayList<>());
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    StageSettings settings = new StageSettings(
        read.value("ANSWERPRINT_S3_ENDPOINT", "", text -> StorageSettings.of(environment)),
        read.value("ANSWERPRINT_KAFKA", "localhost:9092", Function.identity()),
        read.value("ANSWERPRINT_WORK_QUEUE", "kafka", text -> WorkQueueKind.valueOf(text.toUpperCase(Locale.ROOT))),
        read.value("ANSWERPRINT_SQS_ENDPOINT", "", text -> text.isEmpty() ? Optional.<URI>empty() : Optional.of(URI.create(text))),
        read.value("ANSWERPRINT_WORK_QUEUE_NAME", "answerprint.work", Function.identity()),
        read.value("ANSWERPRINT_PRICE_PER_SECOND", "0", StageSettings::price),
        read.value("ANSWERPRINT_PATIENCE_SECONDS", "600", StageSettings::seconds),
        read.value("ANSWERPRINT_SWEEP_AGE_SECONDS", "30", StageSettings::seconds),
        read.value("ANSWERPRINT_SCRATCH", temp.toString(), Path::of),
        read.value("ANSWERPRINT_CACHE", temp.resolve("answerprint-cache").toString(), Path::of),
        read.value("ANSWERPRINT_WORKER", "worker-" + ProcessHandle.current().pid(), Function.identity()));
    if (!read.problems.isEmpty()) {
      throw new RequestFault("the environment is wrong: " + String.join("; ", read.problems));
    }
    return settings;
  }

  private static BigDecimal price(String text) {
    BigDecimal price = new BigDecimal(text);
    if (price.signum() < 0) {
      throw new IllegalArgumentException("a price is at least 0");
    }
    return price;
  }

  private static Duration seconds(String text) {
    Duration duration = Duration.ofSeconds(Long.parseLong(text));
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a time is at least 0 seconds");
    }
    return duration;
  }

  private record Reader(Map<String, String> environment, List<String> problems) {

    <T> T value(String name, String byDefault, Function<String, T> parse) {
      String text = environment.getOrDefault(name, byDefault);
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        problems.add(name + " is '" + text + "' (" + e.getMessage() + ")");
        return parse.apply(byDefault);
      }
    }
  }
}
