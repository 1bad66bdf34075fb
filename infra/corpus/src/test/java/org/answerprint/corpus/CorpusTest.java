package org.answerprint.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.media.AudioInfo;
import org.answerprint.media.Limits;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.TrackReader;
import org.answerprint.media.sandbox.SandboxedVideo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Every specimen is opened, decoded and listened to as an upload is, in a child process. */
class CorpusTest {

  private static final FrameSpec SMALL = new FrameSpec(PixelFormat.GRAY8, 16, 16);

  @TempDir Path folder;

  /** All of them, with a line for each; else those that are to be edited, and every fifth one of the others. */
  private static final boolean ALL = Boolean.getBoolean("answerprint.corpus.all");

  /** It takes seconds; a machine that is busy with other work takes longer. */
  private static final long MOST_MILLIS = 60_000;

  /** What became of a specimen. */
  private record Seen(Specimen specimen, long frames, Optional<MediaInfo> info, boolean sound, String rejection, long millis) {

    Optional<String> complaint() {
      String found = rejection.isEmpty() ? "gave " + frames + " frames" + info.map(i -> " of " + i.video().width() + "x" + i.video().height()).orElse("")
          + (sound ? " with sound" : " without sound") : "was rejected: " + rejection;
      boolean right = switch (specimen.outcome()) {
        case Outcome.Either either -> true;
        case Outcome.Rejected rejected -> !rejection.isEmpty();
        case Outcome.Edited e -> rejection.isEmpty() && frames >= e.fewest() && frames <= e.most() && sound == e.sound()
            && info.filter(i -> i.video().width() == e.width() && i.video().height() == e.height()).isPresent();
      };
      boolean clear = rejection.isEmpty() || rejection.matches("[^\\n\\r\\p{Cntrl}]{30,400}") && rejection.matches(".*[;,] .*");
      boolean quick = millis <= MOST_MILLIS;
      return right && clear && quick ? Optional.empty() : Optional.of(specimen.name() + " (" + specimen.attacks() + ") " + found + " after " + millis
          + " ms, not " + specimen.outcome() + " within " + MOST_MILLIS + " ms");
    }
  }

  @Test
  @Timeout(900)
  void everySpecimenIsEditedRightOrRejectedInASentenceAndNothingItNamesIsOpened() throws Exception {
    try (Trap trap = Trap.in(folder)) {
      List<Specimen> corpus = Corpus.all(trap.bait());
      assertThat(corpus).hasSizeGreaterThan(150);
      assertThat(corpus.stream().map(Specimen::name)).doesNotHaveDuplicates();
      List<Seen> all = lookAtAll(ALL ? corpus : someOf(corpus));
      if (ALL) {
        all.forEach(seen -> System.out.println(seen.millis() + " ms\t" + seen.specimen().name() + "\t" + seen.specimen().outcome() + "\t"
            + (seen.rejection().isEmpty() ? seen.frames() + " frames" : seen.rejection())));
      }
      assertThat(all.stream().flatMap(seen -> seen.complaint().stream())).isEmpty();
      assertThat(trap.wasOpened()).as("the file that specimens name was opened").isFalse();
      assertThat(trap.connections()).as("the host that specimens name was called").isZero();
      trap.bite();
      assertThat(trap.wasOpened()).as("the trap works").isTrue();
      assertThat(trap.connections()).as("the trap works").isOne();
    }
  }

  private static List<Specimen> someOf(List<Specimen> corpus) {
    return IntStream.range(0, corpus.size()).filter(i -> i % 5 == 0 || corpus.get(i).outcome() instanceof Outcome.Edited).mapToObj(corpus::get).toList();
  }

  private static List<Seen> lookAtAll(List<Specimen> corpus) throws Exception {
    List<Seen> all = new ArrayList<>();
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Future<Seen>> looks = corpus.stream().map(specimen -> two.submit(() -> look(specimen))).toList();
      for (Future<Seen> look : looks) {
        all.add(look.get());
      }
    }
    return all;
  }

  private static Seen look(Specimen specimen) {
    long start = System.nanoTime();
    Optional<MediaInfo> info = Optional.empty();
    long frames = 0;
    boolean sound = false;
    String rejection = "";
    try (SandboxedVideo film = SandboxedVideo.open(new MemoryBytes(specimen.bytes()), Limits.STANDARD)) {
      info = Optional.of(film.info());
      frames = film.read(Long.MIN_VALUE, Long.MAX_VALUE, SMALL, frame -> { });
      sound = hears(film);
    } catch (RequestFault e) {
      rejection = e.getMessage();
    }
    return new Seen(specimen, frames, info, sound, rejection, (System.nanoTime() - start) / 1_000_000);
  }

  /** Whether any track has a packet, of all that there are: those that MP4 cannot hold are decoded and encoded. */
  private static boolean hears(SandboxedVideo film) {
    List<Integer> tracks = film.info().audio().stream().map(AudioInfo::stream).toList();
    if (tracks.isEmpty()) {
      return false;
    }
    try (TrackReader reader = film.tracks(tracks)) {
      boolean heard = false;
      while (reader.next().isPresent()) {
        heard = true;
      }
      return heard;
    }
  }

  @Test
  void picturesThatGrowBeyondTheLimitAreRejectedRatherThanLeftOut() {
    Limits small = new Limits(1 << 30, 160 * 120 * 2, 64, 1000, 60, 8, 20, false);
    Specimen growing = OtherSpecimens.all().stream().filter(s -> s.name().equals("sizes.ts")).findFirst().orElseThrow();
    try (SandboxedVideo film = SandboxedVideo.open(new MemoryBytes(growing.bytes()), small)) {
      assertThatThrownBy(() -> film.read(Long.MIN_VALUE, Long.MAX_VALUE, SMALL, frame -> { }))
          .isInstanceOf(RequestFault.class).hasMessageContaining("grow beyond 38400 pixels");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "answerprint.corpus.all", matches = "true")
  void theSameBaitGivesTheSameBytes() {
    Bait bait = new Bait(Path.of("/bait"), "http://127.0.0.1:9/");
    List<Specimen> once = Corpus.all(bait);
    List<Specimen> again = Corpus.all(bait);
    assertThat(again).hasSameSizeAs(once);
    for (int i = 0; i < once.size(); i++) {
      assertThat(again.get(i).bytes()).as(once.get(i).name()).isEqualTo(once.get(i).bytes());
    }
  }
}
