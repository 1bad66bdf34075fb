package org.answerprint.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.answerprint.events.ObjectVersion;
import org.answerprint.storage.ObjectInfo;
import org.junit.jupiter.api.Test;

class JobTest {

  @Test
  void anInputIsKnownByItsVersionOrByItsTagWhereTheBucketKeepsNone() {
    assertThat(Job.input("films-in", lying(Optional.of("v1")))).isEqualTo(new ObjectVersion("films-in", "a b.mp4", "v1", 9));
    assertThat(Job.input("films-in", lying(Optional.empty()))).isEqualTo(new ObjectVersion("films-in", "a b.mp4", "tag", 9));
  }

  private static ObjectInfo lying(Optional<String> version) {
    return new ObjectInfo("a b.mp4", 9, "tag", version, Samples.NOON);
  }
}
