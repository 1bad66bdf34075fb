package org.answerprint.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.FileBytes;
import org.answerprint.media.FrameVisitor;
import org.answerprint.media.Limits;
import org.answerprint.media.VideoFile;
import org.answerprint.media.VideoReader;
import org.answerprint.testkit.Films;
import org.answerprint.toybox.SampleFilm;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AheadScanTest {

  private static final FrameSpec SMALL = new FrameSpec(PixelFormat.RGB24, 32, 18);

  @TempDir static Path folder;

  private static Path brief;
  private static Path tall;

  @BeforeAll
  static void makeFilms() throws IOException {
    brief = Files.write(folder.resolve("brief.mp4"), Films.encode(SampleFilm.of(32, 18, 4, 16, 1)));
    tall = Files.write(folder.resolve("long.mp4"), Films.encode(SampleFilm.of(32, 18, 2, 50, 2)));
  }

  @Test
  void whatTwoDecodersShowIsWhatOneShows() {
    for (Path film : List.of(brief, tall)) {
      AtomicInteger opened = new AtomicInteger();
      assertThat(seen(film, Long.MAX_VALUE, opened)).isEqualTo(direct(film, Long.MAX_VALUE)).hasSizeGreaterThan(70);
      assertThat(opened).hasValue(1);
    }
  }

  @Test
  void aBoundIsKept() {
    long to = 40L * 90_000;
    assertThat(seen(tall, to, new AtomicInteger())).isEqualTo(direct(tall, to)).isNotEmpty();
  }

  @Test
  void whatGoesWrongInTheSecondDecoderIsThrown() {
    Supplier<VideoFile> broken = () -> {
      throw new RequestFault("the upload is gone");
    };
    try (VideoFile film = open(tall)) {
      assertThatThrownBy(() -> new AheadScan(broken, SMALL, () -> true).run(film, Long.MAX_VALUE, (frame, key) -> { }))
          .isInstanceOf(RequestFault.class).hasMessage("the upload is gone");
    }
  }

  @Test
  void theSecondDecoderGoesOnceThereIsOtherWork() {
    List<String> wanted = direct(tall, Long.MAX_VALUE);
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger opened = new AtomicInteger();
    assertThat(seen(tall, Long.MAX_VALUE, () -> asked.getAndIncrement() == 0, opened)).isEqualTo(wanted);
    assertThat(asked).hasValue(2);
    assertThat(opened).hasValue(1);
    Awaitility.await().until(() -> secondDecoders().findAny().isEmpty());
  }

  @Test
  void whereThereIsOtherWorkFromTheStartOneDecoderIsEnough() {
    AtomicInteger opened = new AtomicInteger();
    assertThat(seen(tall, Long.MAX_VALUE, () -> false, opened)).isEqualTo(direct(tall, Long.MAX_VALUE));
    assertThat(opened).hasValue(0);
  }

  @Test
  @Timeout(60)
  void aLengthThatIsALieCostsAHandfulOfScans() {
    TimeBase millis = new TimeBase(1, 1000);
    for (Duration told : List.of(Duration.ofHours(7), Duration.ofDays(365), Duration.ofSeconds(0x7fff_ffff))) {
      AtomicInteger scans = new AtomicInteger();
      assertThat(collect(visitor -> scan(told, millis, pts(0, 40, 1000), scans, visitor))).as("%s", told).hasSize(40);
      assertThat(scans.get()).as("%s", told).isLessThan(6);
    }
  }

  @Test
  @Timeout(60)
  void ticksThatAreLongerThanAStretchAndTimesThatNothingFollowsArePartedNowhere() {
    AtomicInteger scans = new AtomicInteger();
    assertThat(collect(visitor -> scan(Duration.ofHours(1), new TimeBase(100, 1), pts(0, 36, 1), scans, visitor))).hasSize(36);
    assertThat(scans).hasValue(1);
    long last = Long.MAX_VALUE - 100;
    assertThat(collect(visitor -> scan(Duration.ofHours(1), new TimeBase(1, 1), pts(last, 50, 2), scans, visitor))).hasSize(50);
    assertThat(scans.get()).isLessThan(5);
  }

  @Test
  @Timeout(60)
  void whatIsDecodedAheadWaitsWhileThereIsNoRoomAndIsShownAllTheSame() {
    AtomicInteger taken = new AtomicInteger();
    long[] most = {0};
    List<String> shown = collect(visitor -> scanCrowded(taken, (frame, key) -> {
      if (frame.pts() == 0) {
        most[0] = awaitFull(taken);
      }
      visitor.visit(frame, key);
    }));
    assertThat(most[0]).isBetween(100L, 2000L);
    assertThat(shown).isEqualTo(collect(visitor -> crowded(new AtomicInteger()).scan(Long.MIN_VALUE, Long.MAX_VALUE, SMALL, visitor)));
  }

  @Test
  @Timeout(60)
  void aSecondDecoderThatWaitsForRoomGoesWhenTheFirstFails() {
    AtomicInteger taken = new AtomicInteger();
    assertThatThrownBy(() -> scanCrowded(taken, (frame, key) -> {
      awaitFull(taken);
      throw new RequestFault("no more of this");
    })).isInstanceOf(RequestFault.class).hasMessage("no more of this");
    Awaitility.await().until(() -> secondDecoders().findAny().isEmpty());
    assertThat(taken.get()).isLessThan(2000);
  }

  /** Waits until the second decoder waits; returns how many frames it has handed over by then. */
  private static int awaitFull(AtomicInteger taken) {
    Awaitility.await().until(() -> taken.get() > 0 && secondDecoders().allMatch(thread -> thread.getState() == Thread.State.WAITING));
    return taken.get();
  }

  private static Stream<Thread> secondDecoders() {
    return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("extract-ahead"));
  }

  /** A minute, in whose second half are a hundred thousand frames. */
  private static ToldFilm crowded(AtomicInteger taken) {
    long[] pts = LongStream.concat(LongStream.range(0, 10).map(i -> i * 10_000), LongStream.range(300_000, 400_000)).toArray();
    return new ToldFilm(Duration.ofMinutes(1), new TimeBase(1, 10_000), pts, new AtomicInteger(), taken);
  }

  private static void scanCrowded(AtomicInteger taken, FrameVisitor visitor) {
    new AheadScan(() -> crowded(taken), SMALL, () -> true).run(crowded(new AtomicInteger()), Long.MAX_VALUE, visitor);
  }

  private static void scan(Duration told, TimeBase time, long[] pts, AtomicInteger scans, FrameVisitor visitor) {
    Supplier<VideoFile> opener = () -> new ToldFilm(told, time, pts, scans, new AtomicInteger());
    new AheadScan(opener, SMALL, () -> true).run(opener.get(), Long.MAX_VALUE, visitor);
  }

  private static long[] pts(long first, int count, long step) {
    return LongStream.range(0, count).map(i -> first + i * step).toArray();
  }

  private static List<String> seen(Path path, long to, AtomicInteger opened) {
    return seen(path, to, () -> true, opened);
  }

  private static List<String> seen(Path path, long to, BooleanSupplier idle, AtomicInteger opened) {
    return collect(visitor -> {
      try (VideoFile film = open(path)) {
        new AheadScan(() -> {
          opened.incrementAndGet();
          return open(path);
        }, SMALL, idle).run(film, to, visitor);
      }
    });
  }

  private static List<String> direct(Path path, long to) {
    return collect(visitor -> {
      try (VideoFile film = open(path)) {
        film.scan(Long.MIN_VALUE, to, SMALL, visitor);
      }
    });
  }

  private static List<String> collect(java.util.function.Consumer<FrameVisitor> scan) {
    List<String> frames = new ArrayList<>();
    scan.accept((RawFrame frame, boolean key) ->
        frames.add(frame.pts() + "+" + frame.duration() + " " + key + " " + Arrays.hashCode(frame.data())));
    return frames;
  }

  private static VideoFile open(Path path) {
    return VideoReader.open(FileBytes.open(path), Limits.STANDARD);
  }
}
