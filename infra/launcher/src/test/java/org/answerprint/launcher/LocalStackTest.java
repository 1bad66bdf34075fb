package org.answerprint.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class LocalStackTest {
  /** A topic that no other test writes to. */
  private static final String KEPT = "answerprint.dead-letters";

  @TempDir
  private Path folder;

  @Test
  void comesUpWithTheTopicsAndBucketsOfTheProduct() throws Exception {
    LocalStack stack = SharedStack.get();
    try (Admin admin = admin(stack); S3Client s3 = Clients.s3(stack)) {
      var topics = admin.describeTopics(StackOptions.PRODUCT_TOPICS.keySet()).allTopicNames().get();
      StackOptions.PRODUCT_TOPICS.forEach(
          (name, partitions) -> assertThat(topics.get(name).partitions()).as(name).hasSize(partitions));
      assertThat(s3.listBuckets().buckets()).extracting(bucket -> bucket.name())
          .contains("answerprint-in", "answerprint-work", "answerprint-out");
    }
    assertThat(stack.broker().readyNumber("port")).hasValue(URI.create("x://" + stack.bootstrapServers()).getPort());
  }

  @Test
  void keepsTheKeysToItsOwner() throws Exception {
    LocalStack stack = SharedStack.get();
    Path keys = stack.dataFolder().resolve("keys");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys))).isEqualTo("rw-------");
    assertThat(Files.readString(keys)).contains(stack.secretKey());
    assertThat(ProcessHandle.of(stack.objectStore().pid()).orElseThrow().info().commandLine().orElse(""))
        .doesNotContain(stack.secretKey());
  }

  @Test
  void givesAShareGroupTheRecordsMadeBeforeItExisted() throws Exception {
    LocalStack stack = SharedStack.get();
    send(stack, "answerprint.work", "early");
    Properties properties = new Properties();
    properties.putAll(Map.of("bootstrap.servers", stack.bootstrapServers(), "group.id", "answerprint-workers"));
    try (var consumer =
        new KafkaShareConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("answerprint.work"));
      Instant limit = Instant.now().plusSeconds(60);
      boolean seen = false;
      while (!seen && Instant.now().isBefore(limit)) {
        for (var found : consumer.poll(Duration.ofMillis(200))) {
          seen |= found.value().equals("early");
        }
      }
      assertThat(seen).isTrue();
    }
  }

  @Test
  void keepsRecordsAndObjectsWhenItIsKilledAndStartedAgainAndAnnouncesWhatCameWhileTheBrokerWasAway() throws Exception {
    LocalStack stack = SharedStack.get();
    try (S3Client s3 = Clients.s3(stack)) {
      send(stack, KEPT, "before");
      s3.putObject(b -> b.bucket(stack.workBucket()).key("kept"), RequestBody.fromString("before"));

      stack.killBroker();
      assertThat(stack.broker().isAlive()).isFalse();
      s3.putObject(b -> b.bucket(stack.inBucket()).key("late"), RequestBody.fromString("x"));
      assertThat(s3.headObject(b -> b.bucket(stack.inBucket()).key("late")).contentLength()).isEqualTo(1);
      stack.restartBroker();
      assertThat(Clients.read(stack, stack.storageTopic(), found -> found.key().equals("late")))
          .filteredOn(found -> found.key().equals("late")).hasSize(1);
      assertThat(Clients.read(stack, KEPT, _ -> true)).extracting(found -> found.value()).contains("before");

      stack.killObjectStore();
      assertThat(stack.objectStore().isAlive()).isFalse();
      stack.restartObjectStore();
      assertThat(s3.getObjectAsBytes(b -> b.bucket(stack.workBucket()).key("kept")).asUtf8String())
          .isEqualTo("before");
    }
  }

  @Test
  void refusesADataFolderThatIsInUse() {
    Path used = SharedStack.get().dataFolder();

    assertThatThrownBy(() -> LocalStack.start(small(used)))
        .isInstanceOfSatisfying(LaunchException.class, e -> assertThat(e.requestIsWrong()).isTrue())
        .hasMessageContaining(used.toString()).hasMessageContaining("in use by another process");
  }

  @Test
  void refusesAPortThatIsInUse() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = socket.getLocalPort();

      assertThatThrownBy(() -> LocalStack.start(small(folder).withPorts(port, 0)))
          .isInstanceOfSatisfying(LaunchException.class, e -> assertThat(e.requestIsWrong()).isTrue())
          .hasMessageContaining("Port " + port + " on 127.0.0.1 is in use");
      assertThatThrownBy(() -> LocalStack.start(small(folder).withPorts(0, port)))
          .isInstanceOf(LaunchException.class)
          .hasMessageContaining("Port " + port + " on 127.0.0.1 is in use");
    }
  }

  @Test
  void keepsTheObjectsOfADataFolderFromBeforeAndDropsWhatAKilledServerLeftHalfWritten() throws Exception {
    Path bucket = Files.createDirectories(folder.resolve("objects/buckets/answerprint-in/clips/old"));
    Files.writeString(bucket.resolve("100% film.mp4"), "old");
    Files.writeString(folder.resolve("objects/buckets/answerprint-in/top.mp4"), "top");

    try (LocalStack stack = LocalStack.startObjectStore(small(folder)); S3Client s3 = Clients.s3(stack)) {
      assertThatThrownBy(stack::bootstrapServers).isInstanceOf(IllegalStateException.class).hasMessageContaining("without BROKER");
      holdsWhatWasThereBefore(stack, s3);
      stack.killObjectStore();
      String suffix = "-00000000-0000-0000-0000-000000000000";
      Path upload = leaveHalfWritten(suffix);
      stack.restartObjectStore();

      holdsWhatWasThereBefore(stack, s3);
      assertThat(s3.listObjectsV2(b -> b.bucket(stack.workBucket())).contents())
          .extracting(object -> object.key()).containsExactly("a/other.mp4" + suffix);
      assertThat(upload).doesNotExist();
    }
  }

  private static void holdsWhatWasThereBefore(LocalStack stack, S3Client s3) {
    assertThat(s3.listObjectsV2(b -> b.bucket(stack.inBucket())).contents())
        .extracting(object -> object.key()).containsExactly("clips/old/100% film.mp4", "top.mp4");
    assertThat(s3.getObjectAsBytes(b -> b.bucket(stack.inBucket()).key("clips/old/100% film.mp4")).asUtf8String()).isEqualTo("old");
  }

  /** A joined file of which half was written, a whole one of a like name, and a part of an upload: answers where that lies. */
  private Path leaveHalfWritten(String suffix) throws Exception {
    Path bucket = Files.createDirectories(folder.resolve("objects/buckets/answerprint-work/a%2F"));
    Files.writeString(bucket.resolve("film.mp4" + suffix), "half");
    Files.writeString(bucket.resolve("other.mp4" + suffix), "whole");
    Path notes = Files.createDirectories(folder.resolve("objects/staging/joins"));
    Files.writeString(notes.resolve("note"), "answerprint-work\na%2F/film.mp4");
    Path upload = Files.createDirectories(folder.resolve("objects/staging/uploads/uploads")).resolve("upload");
    return Files.writeString(upload, "half");
  }

  @Test
  void refusesADataFolderThatIsInUseUnderAnotherName() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), SharedStack.get().dataFolder());

    assertThatThrownBy(() -> LocalStack.startObjectStore(small(link)))
        .isInstanceOfSatisfying(LaunchException.class, e -> assertThat(e.requestIsWrong()).isTrue())
        .hasMessageContaining("in use by another process");
  }

  @Test
  void diesWithItsParent() throws Exception {
    Process parent = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Danswerprint.home=" + Home.find().path(),
        "-cp", System.getProperty("java.class.path"),
        Parent.class.getName(), folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader reader = parent.inputReader(StandardCharsets.UTF_8)) {
      List<ProcessHandle> children = reader.readLine().lines().flatMap(line -> List.of(line.split(" ")).stream())
          .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow()).toList();
      assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);

      parent.destroyForcibly().waitFor();

      for (ProcessHandle child : children) {
        child.onExit().get(30, TimeUnit.SECONDS);
      }
      assertThat(children).noneMatch(ProcessHandle::isAlive);
    } finally {
      parent.destroyForcibly();
    }
  }

  /** Starts a stack, names its processes, and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      LocalStack stack = LocalStack.start(small(Path.of(args[0])));
      System.out.println(stack.broker().pid() + " " + stack.objectStore().pid());
      Thread.currentThread().join();
    }
  }

  private static StackOptions small(Path folder) {
    return StackOptions.in(folder)
        .withCacheFolder(Optional.of(Home.find().path().resolve("infra/stack/target/cache")))
        .withTopics(Map.of(StackOptions.STORAGE_TOPIC, 1));
  }

  private static void send(LocalStack stack, String topic, String value) throws Exception {
    try (KafkaProducer<String, String> producer = Clients.producer(stack)) {
      producer.send(new ProducerRecord<>(topic, "key", value)).get();
    }
  }

  private static Admin admin(LocalStack stack) {
    return Admin.create(Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers()));
  }
}
