package org.answerprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.answerprint.jobs.JobKeys;
import org.answerprint.testkit.Films;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepServiceTest {

  private final MemoryIngest world = new MemoryIngest();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void asksNothingAboutUploadsThatWereSeen() {
    IntStream.range(0, 1000).forEach(i -> seen("film-" + i + ".mp4"));
    world.asked.set(0);
    assertThat(world.sweep()).isEqualTo(new SweepService.Swept(0, 0, 0));
    assertThat(world.asked).as("listings of open jobs, of marks and of uploads").hasValue(3);
  }

  @Test
  void findsTheOneThatNobodyToldOf() {
    IntStream.range(0, 1000).forEach(i -> seen("film-" + i + ".mp4"));
    world.land("film-500a.mp4", Films.toybox(12, 3));
    assertThat(world.sweep().ingested()).isEqualTo(1);
    assertThat(world.stage.jobs().open()).hasSize(1);
    assertThat(world.sweep().ingested()).isZero();
  }

  private void seen(String key) {
    world.land(key, key);
    world.stage.jobs().mark(JobKeys.seen(Upload.find(world.stage.store(), world.stage.jobs().buckets().in(), key).orElseThrow().hash()));
  }
}
