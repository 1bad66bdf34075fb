package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.List;
import org.answerprint.events.EndState;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.stage.Progress;
import org.answerprint.testing.Stores;
import org.junit.jupiter.api.Test;

class JobWatcherTest {

  private final StringWriter text = new StringWriter();

  @Test
  void printsEachChangeOnceUntilTheJobEnds() {
    Samples samples = new Samples(Samples.LOOK, 40, 40);
    ArrayDeque<Runnable> happenings = new ArrayDeque<>(List.of(
        () -> { },
        samples::accepted,
        () -> samples.jobs.mark(JobKeys.attempt(samples.job.id(), "extract", 1)),
        samples::planned,
        () -> samples.jobs.mark(JobKeys.attempt(samples.job.id(), samples.take(1).value(), 1)),
        () -> samples.jobs.write(JobKeys.progress(samples.job.id(), samples.take(1)), new Progress(21, 40)),
        () -> samples.done(samples.take(1), JobKeys.take(samples.take(1))),
        () -> samples.done(samples.take(2), JobKeys.take(samples.take(2))),
        () -> samples.jobs.mark(JobKeys.attempt(samples.job.id(), "assemble", 1)),
        () -> samples.ended(EndState.FINAL)));
    try (Display display = new LineDisplay(new PrintWriter(text))) {
      JobView view = new JobWatcher(samples.jobs, display, time -> happenings.removeFirst().run()).watch(samples.job.id());
      assertThat(view.state()).isEqualTo("final");
    }
    assertThat(text.toString().lines()).containsExactly(
        "job " + samples.job.id() + " for films/a.mp4",
        "ingest: accepted",
        "extract: finding shots",
        "extract: 2 shots, 80 frames",
        "shot 1 (1.6 s, look): editing",
        "shot 1 (1.6 s, look): editing, 20 of 40 frames",
        "shot 1 (1.6 s, look): done",
        "shot 2 (1.6 s, look): done, found made",
        "assemble: joining");
  }

  @Test
  void givesAHintOnceWhereNoJobAppears() {
    Samples samples = new Samples(Samples.LOOK, 40);
    int[] looks = {0};
    try (Display display = new LineDisplay(new PrintWriter(text))) {
      new JobWatcher(samples.jobs, display, time -> {
        if (++looks[0] == 200) {
          samples.accepted().ended(EndState.FAILED);
        }
      }).watch(samples.job.id());
    }
    assertThat(text.toString().lines().filter(line -> line.contains("Still waiting"))).hasSize(1);
  }

  @Test
  void keepsWatchingWhileTheStoreIsAway() {
    Samples samples = new Samples(Samples.LOOK, 40).accepted();
    int[] looks = {0};
    JobStore away = new JobStore(Stores.away(samples.jobs.objects(), () -> looks[0] >= 2 && looks[0] < 10), samples.jobs.buckets());
    try (Display display = new LineDisplay(new PrintWriter(text))) {
      JobView view = new JobWatcher(away, display, time -> {
        if (++looks[0] == 20) {
          samples.ended(EndState.FAILED);
        }
      }).watch(samples.job.id());
      assertThat(view.state()).isEqualTo("failed");
    }
    assertThat(text.toString().lines().filter(line -> line.contains("does not answer"))).hasSize(1);
  }

  @Test
  void givesUpWhereTheStoreStaysAway() {
    Samples samples = new Samples(Samples.LOOK, 40).accepted();
    JobStore away = new JobStore(Stores.away(samples.jobs.objects(), () -> true), samples.jobs.buckets());
    try (Display display = new LineDisplay(new PrintWriter(text))) {
      assertThatThrownBy(() -> new JobWatcher(away, display, time -> { }).watch(samples.job.id())).isInstanceOf(TransientFault.class);
    }
  }

  @Test
  void drawsOverWhatItDrewBefore() {
    Samples samples = new Samples(Samples.LOOK, 40, 40).accepted().planned();
    BarDisplay bars = new BarDisplay(new PrintWriter(text));
    JobReader reader = new JobReader(samples.jobs, samples.job.id());
    bars.show(reader.read().orElseThrow());
    long lines = text.toString().lines().count();
    bars.show(reader.read().orElseThrow());
    assertThat(text.toString()).contains("\u001b[" + lines + "A");
    assertThat(text.toString()).contains("assemble").contains("0 of 2 shots");
  }
}
