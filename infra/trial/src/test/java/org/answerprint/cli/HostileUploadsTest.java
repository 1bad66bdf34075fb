package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.answerprint.corpus.Corpus;
import org.answerprint.corpus.Outcome;
import org.answerprint.corpus.Specimen;
import org.answerprint.corpus.Trap;
import org.answerprint.events.Channel;
import org.answerprint.events.EndState;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.VideoReader;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that mean harm, and odd names, through the whole chain: each ends in a state that says why. */
class HostileUploadsTest {

  /** One in so many of the corpus; all of it goes through a decoder in the corpus's own tests. */
  private static final int STEP = Integer.getInteger("answerprint.hostile.step", 16);

  /** Those whose length is a lie are landed all: what believes it is not the decoder but who shares out its work. */
  private static final String LIE_ABOUT_LENGTH = "duration-";

  private final Trial trial = Trial.shared();

  @TempDir
  private Path temp;

  @Test
  void everySpecimenEndsInAStateAndNothingItNamesIsOpened() throws Exception {
    try (Trap trap = Trap.in(temp)) {
      List<Specimen> corpus = Corpus.all(trap.bait());
      List<Specimen> landed = IntStream.range(0, corpus.size())
          .filter(i -> i % STEP == 0 || corpus.get(i).name().startsWith(LIE_ABOUT_LENGTH)).mapToObj(corpus::get).toList();
      landed.forEach(specimen -> trial.land("corpus/" + specimen.name(), specimen.bytes()));
      Map<String, Job> jobs = trial.ended("corpus/", landed.size());
      List<String> complaints = new ArrayList<>();
      landed.forEach(specimen -> complaint(specimen, jobs.get("corpus/" + specimen.name())).ifPresent(complaints::add));
      assertThat(complaints).isEmpty();
      assertThat(trap.wasOpened()).isFalse();
      assertThat(trap.connections()).isZero();
      assertThat(deadLetters()).as("dead letters").isZero();
    }
  }

  @Test
  void oddNamesAreKeptInTheResultsNames() {
    byte[] film = Corpus.honest();
    List<String> keys = List.of("odd/a b+c%2Fd%/%2e%2e%2fe.mp4", "odd/-rf/--help/back\\slash", "odd/...mp4",
        "odd/q?a=b&c#d;e'it\"s'<b>$(id)`id`.mp4", "odd/\u00fcber-\u65e5\u672c-\ud83c\udfac-e\u0301.mp4",
        "odd/" + "x".repeat(180) + ".mp4", "odd/" + "folder/".repeat(100) + "deep.mp4");
    keys.forEach(key -> trial.land(key, film));
    Map<String, Job> jobs = trial.ended("odd/", keys.size());
    assertThat(jobs).containsOnlyKeys(keys);
    jobs.forEach((key, job) -> {
      assertThat(trial.end(job).state()).as(key + ": " + trial.end(job).reason().orElse("")).isEqualTo(EndState.FINAL);
      assertThat(job.filmKey()).isEqualTo(key + "/" + job.id() + ".mp4");
      assertThat(trial.film(job, temp)).isNotEmptyFile();
    });
    assertThat(deadLetters()).as("dead letters").isZero();
  }

  private Optional<String> complaint(Specimen specimen, Job job) {
    End end = trial.end(job);
    String found = end.state() + " " + end.reason().orElse("");
    boolean right = switch (specimen.outcome()) {
      case Outcome.Rejected rejected -> end.state() == EndState.REJECTED;
      case Outcome.Either either -> end.state() == EndState.REJECTED || end.state() == EndState.FINAL;
      case Outcome.Edited edited -> end.state() == EndState.FINAL && shows(job, edited);
    };
    boolean clear = end.state() == EndState.FINAL || end.reason().filter(reason -> reason.contains(specimen.name())).isPresent();
    return right && clear ? Optional.empty() : Optional.of(specimen.name() + " (" + specimen.attacks() + ") ended " + found + ", not " + specimen.outcome());
  }

  private boolean shows(Job job, Outcome.Edited edited) {
    try (VideoReader film = VideoReader.open(FileBytes.open(trial.film(job, temp)), Limits.STANDARD)) {
      long frames = film.read(Long.MIN_VALUE, Long.MAX_VALUE, new FrameSpec(PixelFormat.GRAY8, 16, 16), frame -> { });
      return frames >= edited.fewest() && frames <= edited.most() && film.info().video().width() == edited.width()
          && film.info().video().height() == edited.height() && film.info().defaultAudio().isPresent() == edited.sound();
    }
  }

  private long deadLetters() {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", trial.kafka()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = consumer.partitionsFor(Channel.DEAD_LETTERS.topic()).stream()
          .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
