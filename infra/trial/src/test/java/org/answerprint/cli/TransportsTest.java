package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.events.Channel;
import org.answerprint.events.EndState;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobStore;
import org.answerprint.launcher.ChildJvm;
import org.answerprint.launcher.ChildOptions;
import org.answerprint.launcher.Home;
import org.answerprint.launcher.LocalStack;
import org.answerprint.launcher.StackOptions;
import org.answerprint.media.sandbox.DecoderStart;
import org.answerprint.storage.Buckets;
import org.answerprint.storage.Digests;
import org.answerprint.storage.S3ObjectStore;
import org.answerprint.storage.StorageSettings;
import org.answerprint.testkit.Queues;
import org.answerprint.testkit.SeenJobs;
import org.answerprint.toybox.SampleFilm;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same film through the same programs, once with facts and work over Kafka and once over SQS with no broker at all. */
class TransportsTest {

  private static final String PREFIX = "over-sqs";
  private static final Path CACHE = Place.cacheOf(Home.find());
  private static final String KEY = "transports/film.mp4";
  private static final String RECIPE = "method: look\noptions: { lut: transports/swap.cube }\ntransition: { type: dissolve, frames: 6 }\n";
  private static final String SWAP = "LUT_3D_SIZE 2\n0 0 0\n0 0 1\n0 1 0\n0 1 1\n1 0 0\n1 0 1\n1 1 0\n1 1 1\n";

  @TempDir
  private Path temp;

  @Test
  void aFilmOverSqsIsTheFilmOverKafka() throws IOException {
    byte[] film = Files.readAllBytes(SampleFile.make(SampleFilm.of(160, 90, 24, 16, 41).first(3), temp.resolve("film.mp4")));
    assertThat(overSqs(film)).isEqualTo(overKafka(film));
  }

  private String overKafka(byte[] film) throws IOException {
    Trial trial = Trial.shared();
    trial.land("transports/swap.cube", bytes(SWAP));
    trial.land(KEY + ".recipe.yaml", bytes(RECIPE));
    trial.land(KEY, film);
    Job job = trial.ended(KEY, 1).get(KEY);
    assertThat(trial.end(job).state()).as(trial.end(job).reason().orElse("")).isEqualTo(EndState.FINAL);
    return Digests.sha256(Files.readAllBytes(trial.film(job, temp)));
  }

  private String overSqs(byte[] film) throws IOException {
    List<ChildJvm> children = new ArrayList<>();
    try (Queues queues = Queues.start(PREFIX);
        ServerSocket noBroker = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        LocalStack stack = LocalStack.startObjectStore(StackOptions.in(temp.resolve("stack")).withPrefix(PREFIX).withCacheFolder(Optional.of(CACHE)))) {
      Map<String, String> environment = environment(stack, queues, noBroker.getLocalPort());
      try {
        children.add(ChildJvm.start(functions(environment)));
        children.add(ChildJvm.start(worker(environment)));
        JobStore jobs = jobs(stack);
        land(jobs, queues, "transports/swap.cube", bytes(SWAP));
        land(jobs, queues, KEY + ".recipe.yaml", bytes(RECIPE));
        land(jobs, queues, KEY, film);
        String digest = digest(jobs, ended(jobs));
        Awaitility.await().untilAsserted(() -> assertThat(queues.receive(Channel.ENDED, 0)).singleElement()
            .satisfies(message -> assertThat(message.body()).contains("org.answerprint.job.ended.v1", "\"final\"")));
        noBroker.setSoTimeout(1);
        assertThatThrownBy(noBroker::accept).as("nobody asks for a broker").isInstanceOf(SocketTimeoutException.class);
        return digest;
      } finally {
        children.forEach(ChildJvm::close);
      }
    }
  }

  private Map<String, String> environment(LocalStack stack, Queues queues, int noBroker) {
    Map<String, String> environment = new HashMap<>(Map.of(
        "ANSWERPRINT_S3_ENDPOINT", stack.s3Endpoint().toString(),
        "ANSWERPRINT_ACCESS_KEY", stack.accessKey(),
        "ANSWERPRINT_SECRET_KEY", stack.secretKey(),
        "ANSWERPRINT_PREFIX", PREFIX,
        "ANSWERPRINT_TRANSPORT", "sqs",
        "ANSWERPRINT_SQS_ENDPOINT", queues.endpoint(),
        "ANSWERPRINT_WORK_QUEUE_NAME", PREFIX + "-work",
        "ANSWERPRINT_KAFKA", "127.0.0.1:" + noBroker,
        "ANSWERPRINT_SCRATCH", temp.resolve("scratch").toString(),
        "ANSWERPRINT_MODELS", temp.resolve("models").toString()));
    environment.put("ANSWERPRINT_HTTP_PORT", "0");
    return environment;
  }

  private ChildOptions functions(Map<String, String> environment) {
    return ChildOptions.ofJar("functions", Home.find().path().resolve("infra/chain/target/quarkus-app/quarkus-run.jar"), temp.resolve("functions.log"))
        .withJvmArguments(flags("-Xmx256m", "-Danswerprint.supervised=true")).withEnvironment(environment);
  }

  private ChildOptions worker(Map<String, String> environment) {
    return ChildOptions.ofMain("worker", "org.answerprint.worker.WorkerMain", Home.find().classPath("infra/worker"), temp.resolve("worker.log"))
        .withJvmArguments(flags("-Xmx1g")).withEnvironment(environment);
  }

  private static List<String> flags(String... more) {
    List<String> flags = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow", "-Djava.awt.headless=true", "-Danswerprint.cache=" + CACHE, "-Danswerprint.sandbox.classpath=" + DecoderStart.classPath()));
    flags.addAll(List.of(more));
    return flags;
  }

  private static JobStore jobs(LocalStack stack) {
    Buckets buckets = Buckets.prefixed(PREFIX);
    return new JobStore(new S3ObjectStore(new StorageSettings(Optional.of(stack.s3Endpoint()), stack.region(),
        Optional.of(new StorageSettings.Credentials(stack.accessKey(), stack.secretKey())), buckets)), buckets);
  }

  /** Puts an object, and what EventBridge would put into the queue for it. */
  private static void land(JobStore jobs, Queues queues, String key, byte[] bytes) {
    jobs.objects().put(jobs.buckets().in(), key, bytes, "application/octet-stream");
    queues.send(Channel.STORAGE, """
        {"version":"0","id":"1","detail-type":"Object Created","source":"aws.s3","account":"1","time":"2026-11-21T10:00:00Z","region":"us-east-1",
        "resources":["arn:aws:s3:::%1$s"],"detail":{"version":"0","bucket":{"name":"%1$s"},"object":{"key":"%2$s","size":%3$d,"etag":"0","sequencer":"1"},
        "request-id":"1","requester":"1","reason":"PutObject"}}""".formatted(jobs.buckets().in(), key, bytes.length));
  }

  private static Job ended(JobStore jobs) {
    SeenJobs seen = new SeenJobs(jobs);
    return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(250))
        .until(() -> seen.ended(KEY).findFirst(), Optional::isPresent).orElseThrow();
  }

  private String digest(JobStore jobs, Job job) throws IOException {
    End end = jobs.end(job.id()).orElseThrow();
    assertThat(end.state()).as(end.reason().orElse("")).isEqualTo(EndState.FINAL);
    Path file = temp.resolve("over-sqs.mp4");
    assertThat(jobs.objects().download(jobs.buckets().out(), job.filmKey(), file)).isTrue();
    return Digests.sha256(Files.readAllBytes(file));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
