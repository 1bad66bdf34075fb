package org.answerprint.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageEventTest {

  @Test
  void decodesTheFormEncodedKeyOfAnS3Notification() {
    ObjectLanded landed = only("s3-put");

    assertThat(landed).isEqualTo(new ObjectLanded(
        new ObjectRef("answerprint-in", "holiday/bäch 1+1%.mp4"), Optional.of("d41d8cd98f00b204e9800998ecf8427e"),
        Optional.empty(), 1_048_576, Optional.of("0055AED6DCD90281E5")));
    assertThat(landed.version().version()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
  }

  @Test
  void leavesThePlainKeyOfAnEventBridgeEventAsItIs() {
    assertThat(only("eventbridge-put").version()).isEqualTo(new ObjectVersion(
        "answerprint-in", "holiday/bäch 1+1%25.mp4", "d41d8cd98f00b204e9800998ecf8427e", 1_048_576));
  }

  @Test
  void readsTheSameMultipartUploadFromBothShapes() {
    assertThat(only("s3-multipart").version()).isEqualTo(only("eventbridge-multipart").version()).isEqualTo(
        new ObjectVersion("answerprint-in", "holiday/long.mov", "096fKKXTRTtl3on89fVO.nfljtsv6qko", 7_516_192_768L));
    assertThat(only("eventbridge-multipart").eTag()).contains("2f282b84e7e608d5852449ed940bfc51-112");
  }

  @Test
  void readsACopyOfALaterMinorVersion() {
    assertThat(only("s3-copy").object().key()).isEqualTo("copies/beach.mp4");
  }

  @Test
  void readsSeveralRecordsAndSkipsTheDeletionAmongThem() {
    assertThat(StorageEvent.parse(Samples.storage("s3-several")))
        .extracting(landed -> landed.object().key()).containsExactly("a.mp4", "c d.mp4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3-test", "s3-delete", "eventbridge-delete"})
  void ignoresWhatCreatesNoObject(String sample) {
    assertThat(StorageEvent.parse(Samples.storage(sample))).isEmpty();
  }

  @Test
  void refusesAnotherMajorVersion() {
    assertThatThrownBy(() -> StorageEvent.parse(Samples.storage("s3-put").replace("\"2.1\"", "\"3.0\"")))
        .isInstanceOf(MalformedEventException.class).hasMessageContaining("3.0");
    assertThatThrownBy(() -> StorageEvent.parse(
        Samples.storage("eventbridge-put").replace("\"version\": \"0\"", "\"version\": \"1\"")))
        .isInstanceOf(MalformedEventException.class).hasMessageContaining("version 0");
  }

  @Test
  void takesQuotesOffTheETagAndTheWordNullForNoVersion() {
    ObjectLanded landed = StorageEvent.parse(Samples.storage("s3-put").replace(
        "\"d41d8cd98f00b204e9800998ecf8427e\"", "\"\\\"abc\\\"\", \"versionId\": \"null\"")).getFirst();

    assertThat(landed.eTag()).contains("abc");
    assertThat(landed.versionId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "[]", "{}", "null", "{\"Records\":7}", "{\"Records\":[{}]}",
      "{\"Records\":[null]}", "{\"Records\":[]} trailing",
      "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventName\":\"ObjectCreated:Put\"}]}",
      "{\"detail-type\":\"Object Created\",\"source\":\"aws.s3\",\"version\":\"0\"}"})
  void refusesWhatIsNoStorageEvent(String text) {
    assertThatThrownBy(() -> StorageEvent.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedEventException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"size\": \"1048576\"", "\"size\": -1", "\"size\": 1.5", "\"size\": null"})
  void refusesASizeThatIsNoNumberOfBytes(String size) {
    assertThatThrownBy(() -> StorageEvent.parse(Samples.storage("s3-put").replace("\"size\": 1048576", size)))
        .isInstanceOf(MalformedEventException.class).hasMessageContaining("size");
  }

  @Test
  void refusesAKeyThatIsNotFormEncoded() {
    assertThatThrownBy(() -> StorageEvent.parse(Samples.storage("s3-put").replace("%25", "%zz")))
        .isInstanceOf(MalformedEventException.class).hasMessageContaining("%zz");
  }

  private static ObjectLanded only(String sample) {
    List<ObjectLanded> landed = StorageEvent.parse(Samples.storage(sample));
    assertThat(landed).hasSize(1);
    return landed.getFirst();
  }
}
