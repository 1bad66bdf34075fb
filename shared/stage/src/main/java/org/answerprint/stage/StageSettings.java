package org.answerprint.stage;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.answerprint.fleet.FleetSettings;
import org.answerprint.jobs.Prices;
import org.answerprint.media.FixedEncoder;
import org.answerprint.runtime.Engine;
import org.answerprint.storage.StorageSettings;
import org.answerprint.transport.KafkaAuth;

/**
 * What a stage is told by its environment. Every problem is reported at once.
 *
 * @param storage the buckets ({@code ANSWERPRINT_S3_ENDPOINT} and kin, see {@link StorageSettings#of})
 * @param prefix {@code ANSWERPRINT_PREFIX}, which names of queues begin with
 * @param transport {@code ANSWERPRINT_TRANSPORT}: what facts travel on, {@code kafka} (default) or {@code sqs}
 * @param bootstrapServers {@code ANSWERPRINT_KAFKA}, where the control topics are
 * @param kafkaAuth {@code ANSWERPRINT_KAFKA_AUTH}: {@code none} (default), or {@code iam} for a cluster that asks for a role of AWS
 * @param workQueue {@code ANSWERPRINT_WORK_QUEUE}: {@code kafka} or {@code sqs}; by default what facts travel on
 * @param sqsEndpoint {@code ANSWERPRINT_SQS_ENDPOINT}, an SQS server of one's own
 * @param workQueueName {@code ANSWERPRINT_WORK_QUEUE_NAME}, the topic's or queue's name
 * @param prices {@code ANSWERPRINT_PRICE_PER_SECOND} of a worker, 0 by default, in {@code ANSWERPRINT_CURRENCY}, USD by default; and
 *     {@code ANSWERPRINT_WORKER_GFLOPS}, how fast networks run on one: for estimates, caps and receipts
 * @param patience {@code ANSWERPRINT_PATIENCE_SECONDS}: how long a task that was sent or begun is left alone
 * @param lock {@code ANSWERPRINT_LOCK_SECONDS}: how long an item stays with a worker that shows no sign of life
 * @param sweepAge {@code ANSWERPRINT_SWEEP_AGE_SECONDS}: how old an upload is before the sweep looks after it
 * @param retryPause {@code ANSWERPRINT_RETRY_SECONDS}: the pause before a task's second attempt; the third waits six times as long
 * @param scratch {@code ANSWERPRINT_SCRATCH}, a folder for files while they are made
 * @param models {@code ANSWERPRINT_MODELS}, a folder for the models of this machine; others are fetched into it from the bucket
 * @param engine {@code ANSWERPRINT_ENGINE}, where networks run: {@code cpu} (default), {@code cuda}, or {@code cuda:1} for the second card
 * @param worker {@code ANSWERPRINT_WORKER}, names this process in marks and logs
 * @param encoder {@code ANSWERPRINT_ENCODER}: {@code libx264} or {@code h264_nvenc} for all films to come; without it, the best that
 *     this machine has
 * @param idle {@code ANSWERPRINT_IDLE_SECONDS}: how long a worker that ends by itself waits for more work
 * @param fleet what is done by jobs of a batch service ({@code ANSWERPRINT_LONG_FILM_SECONDS} and kin, see {@link FleetSettings#of})
 */
public record StageSettings(
    StorageSettings storage,
    String prefix,
    Transport transport,
    String bootstrapServers,
    KafkaAuth kafkaAuth,
    Transport workQueue,
    Optional<URI> sqsEndpoint,
    String workQueueName,
    Prices prices,
    Duration patience,
    Duration lock,
    Duration sweepAge,
    Duration retryPause,
    Path scratch,
    Path models,
    Engine engine,
    String worker,
    Optional<FixedEncoder> encoder,
    Duration idle,
    FleetSettings fleet) {

  private static final int LONGEST_LOCK_SECONDS = 1800;
  private static final Pattern CUDA = Pattern.compile("cuda(?::([0-9]{1,2}))?");

  /** What messages travel on. */
  public enum Transport { KAFKA, SQS }

  /**
   * Reads the settings.
   *
   * @throws RequestFault naming every variable that is missing or wrong
   */
  public static StageSettings of(Map<String, String> environment) {
    Reader read = new Reader(environment, new ArrayList<>(StorageSettings.problems(environment)));
    read.problems.addAll(FleetSettings.problems(environment));
    Transport transport = read.value("ANSWERPRINT_TRANSPORT", "kafka", StageSettings::transport);
    StageSettings settings = new StageSettings(
        StorageSettings.problems(environment).isEmpty() ? StorageSettings.of(environment) : StorageSettings.of(Map.of()),
        environment.getOrDefault("ANSWERPRINT_PREFIX", "answerprint"),
        transport,
        read.value("ANSWERPRINT_KAFKA", "localhost:9092", StageSettings::name),
        read.value("ANSWERPRINT_KAFKA_AUTH", "none", StageSettings::kafkaAuth),
        read.value("ANSWERPRINT_WORK_QUEUE", transport.name(), StageSettings::transport),
        read.value("ANSWERPRINT_SQS_ENDPOINT", "", StageSettings::endpoint),
        read.value("ANSWERPRINT_WORK_QUEUE_NAME", "answerprint.work", StageSettings::name),
        prices(read),
        read.value("ANSWERPRINT_PATIENCE_SECONDS", "600", StageSettings::seconds),
        read.value("ANSWERPRINT_LOCK_SECONDS", "30", StageSettings::lockSeconds),
        read.value("ANSWERPRINT_SWEEP_AGE_SECONDS", "30", StageSettings::seconds),
        read.value("ANSWERPRINT_RETRY_SECONDS", "10", StageSettings::seconds),
        read.value("ANSWERPRINT_SCRATCH", System.getProperty("java.io.tmpdir"), Path::of),
        read.value("ANSWERPRINT_MODELS", System.getProperty("java.io.tmpdir") + "/answerprint-models", Path::of),
        read.value("ANSWERPRINT_ENGINE", "cpu", StageSettings::engine),
        read.value("ANSWERPRINT_WORKER", "worker-" + ProcessHandle.current().pid(), StageSettings::name),
        read.value("ANSWERPRINT_ENCODER", "", StageSettings::encoder),
        read.value("ANSWERPRINT_IDLE_SECONDS", "60", StageSettings::seconds),
        FleetSettings.problems(environment).isEmpty() ? FleetSettings.of(environment) : FleetSettings.NONE);
    if (!read.problems.isEmpty()) {
      throw new RequestFault("the environment is wrong: " + String.join("; ", read.problems));
    }
    return settings;
  }

  private static Transport transport(String text) {
    return Stream.of(Transport.values()).filter(kind -> kind.name().equalsIgnoreCase(text)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("give kafka or sqs"));
  }

  private static KafkaAuth kafkaAuth(String text) {
    return Stream.of(KafkaAuth.values()).filter(kind -> kind.name().equalsIgnoreCase(text)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("give none or iam"));
  }

  private static Optional<URI> endpoint(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches("https?://[^/\\s]+(/\\S*)?")) {
      throw new IllegalArgumentException("give a URL such as http://127.0.0.1:9324");
    }
    return Optional.of(URI.create(text));
  }

  private static Engine engine(String text) {
    Matcher card = CUDA.matcher(text);
    if (card.matches()) {
      return new Engine.Cuda(card.group(1) == null ? 0 : Integer.parseInt(card.group(1)));
    }
    if (!text.equals("cpu")) {
      throw new IllegalArgumentException("give cpu, cuda, or cuda:1 for the second card");
    }
    return Engine.cpu();
  }

  private static Prices prices(Reader read) {
    return new Prices(read.value("ANSWERPRINT_PRICE_PER_SECOND", "0", StageSettings::price),
        read.value("ANSWERPRINT_CURRENCY", Prices.NONE.currency(), StageSettings::currency),
        read.value("ANSWERPRINT_WORKER_GFLOPS", Double.toString(Prices.ONE_CORE), StageSettings::gigaflops));
  }

  private static String currency(String text) {
    if (!text.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("give three capital letters, such as USD");
    }
    return text;
  }

  private static double gigaflops(String text) {
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?") || Double.parseDouble(text) == 0) {
      throw new IllegalArgumentException("give 10^9 operations a second, more than 0, such as 30 for a core or 20000 for a card");
    }
    return Double.parseDouble(text);
  }

  private static Optional<FixedEncoder> encoder(String text) {
    Optional<FixedEncoder> named = FixedEncoder.named(text);
    if (named.isEmpty() && !text.isEmpty()) {
      throw new IllegalArgumentException("give libx264 or h264_nvenc, or leave it out");
    }
    return named;
  }

  private static BigDecimal price(String text) {
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,12})?")) {
      throw new IllegalArgumentException("give a number of 0 or more, such as 0.0004");
    }
    return new BigDecimal(text);
  }

  private static Duration seconds(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("give whole seconds, 0 or more");
    }
    return Duration.ofSeconds(Long.parseLong(text));
  }

  private static Duration lockSeconds(String text) {
    if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > LONGEST_LOCK_SECONDS) {
      throw new IllegalArgumentException("give whole seconds from 1 to " + LONGEST_LOCK_SECONDS);
    }
    return Duration.ofSeconds(Long.parseLong(text));
  }

  private static String name(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("leave it out or give a name");
    }
    return text;
  }

  private record Reader(Map<String, String> environment, List<String> problems) {

    <T> T value(String name, String byDefault, Function<String, T> parse) {
      String text = environment.getOrDefault(name, byDefault);
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        problems.add(name + " is '" + text + "'; " + e.getMessage());
        return parse.apply(byDefault);
      }
    }
  }
}
