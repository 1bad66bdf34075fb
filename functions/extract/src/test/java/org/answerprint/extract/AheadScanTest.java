package org.answerprint.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
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
    Awaitility.await().until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals("extract-ahead")));
  }

  @Test
  void whereThereIsOtherWorkFromTheStartOneDecoderIsEnough() {
    AtomicInteger opened = new AtomicInteger();
    assertThat(seen(tall, Long.MAX_VALUE, () -> false, opened)).isEqualTo(direct(tall, Long.MAX_VALUE));
    assertThat(opened).hasValue(0);
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
