package org.answerprint.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

class NotificationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] PART = new byte[5 * 1024 * 1024];
  private static LocalStack stack;
  private static S3Client s3;

  @BeforeAll
  static void connect() {
    stack = SharedStack.get();
    s3 = Clients.s3(stack);
  }

  @AfterAll
  static void disconnect() {
    s3.close();
  }

  @Test
  void announcesAPutOnceWithItsKeyFormEncoded() {
    String key = "put/My film+100% ü.mp4";
    String eTag = s3.putObject(b -> b.bucket(stack.inBucket()).key(key), RequestBody.fromString("12345")).eTag();

    List<JsonNode> events = eventsOf(key);

    assertThat(events).hasSize(1);
    JsonNode event = events.getFirst();
    assertThat(event.path("eventVersion").asText()).startsWith("2.");
    assertThat(event.path("eventSource").asText()).isEqualTo("aws:s3");
    assertThat(event.path("eventName").asText()).isEqualTo("ObjectCreated:Put");
    assertThat(event.at("/s3/bucket/name").asText()).isEqualTo(stack.inBucket());
    assertThat(event.at("/s3/object/key").asText()).isEqualTo("put/My+film%2B100%25+%C3%BC.mp4");
    assertThat(event.at("/s3/object/size").asLong()).isEqualTo(5);
    assertThat(event.at("/s3/object/eTag").asText()).isEqualTo(eTag.replace("\"", ""));
    assertThat(event.at("/s3/object/sequencer").asText()).matches("[0-9A-F]+");
  }

  @Test
  void announcesAMultipartUploadOnceWhenItIsComplete() {
    String key = "multipart/big.mp4";
    String upload = s3.createMultipartUpload(b -> b.bucket(stack.inBucket()).key(key)).uploadId();
    CompletedPart first = part(key, upload, 1, PART);
    CompletedPart second = part(key, upload, 2, new byte[10]);
    s3.completeMultipartUpload(b -> b.bucket(stack.inBucket()).key(key).uploadId(upload)
        .multipartUpload(m -> m.parts(first, second)));

    List<JsonNode> events = eventsOf(key);

    assertThat(events).hasSize(1);
    assertThat(events.getFirst().path("eventName").asText()).isEqualTo("ObjectCreated:CompleteMultipartUpload");
    assertThat(events.getFirst().at("/s3/object/size").asLong()).isEqualTo(PART.length + 10L);
    assertThat(events.getFirst().at("/s3/object/eTag").asText()).endsWith("-2");
  }

  @Test
  void announcesACopyOnce() {
    s3.putObject(b -> b.bucket(stack.workBucket()).key("copy/source"), RequestBody.fromString("abc"));
    s3.copyObject(b -> b.sourceBucket(stack.workBucket()).sourceKey("copy/source")
        .destinationBucket(stack.inBucket()).destinationKey("copy/target"));

    List<JsonNode> events = eventsOf("copy/target");

    assertThat(events).hasSize(1);
    assertThat(events.getFirst().path("eventName").asText()).isEqualTo("ObjectCreated:Copy");
  }

  @Test
  void announcesAnOverwriteWithAGreaterSequencer() {
    String key = "twice";
    s3.putObject(b -> b.bucket(stack.inBucket()).key(key), RequestBody.fromString("1"));
    s3.putObject(b -> b.bucket(stack.inBucket()).key(key), RequestBody.fromString("2"));

    assertThat(eventsOf(key)).extracting(event -> event.at("/s3/object/sequencer").asText())
        .hasSize(2).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void announcesNothingOfOtherBucketsNorRefusedUploads() {
    s3.putObject(b -> b.bucket(stack.workBucket()).key("silent/work"), RequestBody.fromString("x"));
    s3.putObject(b -> b.bucket(stack.outBucket()).key("silent/out"), RequestBody.fromString("x"));

    assertThat(eventsOf("silent/work")).isEmpty();
    assertThat(eventsOf("silent/out")).isEmpty();
  }

  /** The events of a key, and of all uploads before this call: a later upload's event is awaited first. */
  private static List<JsonNode> eventsOf(String key) {
    String marker = "marker/" + System.nanoTime();
    s3.putObject(b -> b.bucket(stack.inBucket()).key(marker), RequestBody.fromString("m"));
    // one sender in order, but records of different partitions may be seen in any order: the key's own come first
    String last = s3.listObjectsV2(b -> b.bucket(stack.inBucket()).prefix(key)).hasContents() ? key : marker;
    var untilMarker = Clients.read(stack, stack.storageTopic(), found -> found.key().equals(marker));
    var untilKey = Clients.read(stack, stack.storageTopic(), found -> found.key().equals(last));
    assertThat(untilMarker).isNotEmpty();
    var records = untilKey.size() > untilMarker.size() ? untilKey : untilMarker;
    return records.stream().flatMap(found -> parse(found.value()).path("Records").valueStream())
        .filter(event -> URLDecoder.decode(event.at("/s3/object/key").asText(), StandardCharsets.UTF_8).equals(key))
        .toList();
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompletedPart part(String key, String upload, int number, byte[] bytes) {
    String eTag = s3.uploadPart(b -> b.bucket(stack.inBucket()).key(key).uploadId(upload).partNumber(number),
        RequestBody.fromBytes(bytes)).eTag();
    return CompletedPart.builder().partNumber(number).eTag(eTag).build();
  }
}
