package org.answerprint.shots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShotDetectorTest {

  /** Seeds that the thresholds were not chosen on. */
  private static final long UNSEEN = 5_000;

  @Test
  void aFilmWithoutFramesHasNoShots() {
    assertThat(shots(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 30})
  void aVeryShortFilmIsOneShot(int length) {
    List<RawFrame> frames = frames(new SyntheticFilm(3, 1, false)).subList(0, length);
    assertThat(shots(frames)).containsExactly(new DetectedShot(0, length, Cut.START, 0, 0));
  }

  @Test
  void hardCutsAreFoundOnTheirFrame() {
    int right = 0;
    int wrong = 0;
    int there = 0;
    for (long seed = UNSEEN; seed < UNSEEN + 8; seed++) {
      SyntheticFilm film = new SyntheticFilm(seed, 7, false, Cut.HARD);
      List<DetectedShot> found = shots(frames(film));
      List<Integer> starts = found.stream().skip(1).map(DetectedShot::start).toList();
      List<Integer> truths = film.changes().stream().map(SyntheticFilm.Change::start).toList();
      right += (int) starts.stream().filter(truths::contains).count();
      wrong += (int) starts.stream().filter(start -> !truths.contains(start)).count();
      there += truths.size();
    }
    assertThat(wrong).isZero();
    assertThat(right).isGreaterThanOrEqualTo((int) (0.9 * there));
  }

  @ParameterizedTest
  @EnumSource(value = Cut.class, names = {"DISSOLVE", "FADE", "WIPE"})
  void gradualChangesAreFoundWithTheirExtent(Cut kind) {
    ShotBenchmark.Score score = new ShotBenchmark.Score();
    for (long seed = UNSEEN; seed < UNSEEN + 5; seed++) {
      ShotBenchmark.score(new SyntheticFilm(seed, 6, false, kind), score, "");
    }
    assertThat(score.f1()).isGreaterThan(kind == Cut.WIPE ? 0.8 : 0.85);
    assertThat(score.overlap / score.gradual).isGreaterThan(kind == Cut.WIPE ? 0.65 : 0.75);
    assertThat(score.named).isGreaterThanOrEqualTo((int) (0.9 * score.hits()));
  }

  @ParameterizedTest
  @EnumSource(Scene.Disturbance.class)
  void whatHappensWithinAShotIsNoChange(Scene.Disturbance kind) {
    int falseOnes = 0;
    for (long seed = UNSEEN; seed < UNSEEN + 12; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Scene scene = new Scene(random, Scene.palette(random));
      scene.disturb(kind, 30, switch (kind) {
        case FLASH -> 1 + random.nextInt(4);
        case WHIP_PAN -> random.nextInt(5, 11);
        default -> random.nextInt(8, 21);
      });
      falseOnes += shots(frames(SyntheticFilm.of(scene, 80, seed))).size() - 1;
    }
    boolean knownWeakness = switch (kind) {
      case ZOOM, OCCLUDER, LIGHTNING -> true;
      case NONE, FLASH, STROBE, WHIP_PAN, SHAKE, EXPOSURE -> false;
    };
    assertThat(falseOnes).isLessThanOrEqualTo(knownWeakness ? 2 : 0);
  }

  @Test
  void mixedFilmsReachTheAgreedScore() {
    ShotBenchmark.Score score = new ShotBenchmark.Score();
    for (long seed = UNSEEN + 100; seed < UNSEEN + 112; seed++) {
      ShotBenchmark.score(new SyntheticFilm(seed, 8, true, ShotBenchmark.ALL), score, "");
    }
    assertThat(score.truths()).isGreaterThan(80);
    assertThat(score.f1()).isGreaterThan(0.92);
  }

  @Test
  void tiledShotsCoverTheFilmWithoutOverlap() {
    for (long seed = 60; seed < 64; seed++) {
      SyntheticFilm film = new SyntheticFilm(seed, 6, true, ShotBenchmark.ALL);
      List<DetectedShot> found = shots(frames(film));
      int at = 0;
      int end = 0;
      for (DetectedShot shot : found) {
        assertThat(shot.start() - shot.gapBefore()).isEqualTo(end);
        assertThat(shot.tiled().start()).isEqualTo(at);
        at = shot.tiled().end();
        end = shot.end();
      }
      assertThat(List.of(at, end)).containsOnly(film.frames());
    }
  }

  @Test
  void shotsAreReportedWhileTheFilmGoesOn() {
    SyntheticFilm film = new SyntheticFilm(70, 12, false, Cut.HARD);
    List<RawFrame> frames = frames(film);
    List<DetectedShot> found = new ArrayList<>();
    ShotDetector detector = new ShotDetector(SyntheticFilm.TICKS, ShotOptions.defaults(), found::add);
    for (int i = 0; i < frames.size(); i++) {
      detector.put(frames.get(i));
      int now = i;
      long due = film.changes().stream().filter(change -> change.end() + ShotDetector.LATENCY < now).count();
      assertThat(found).hasSizeGreaterThanOrEqualTo((int) due - 1);
    }
    assertThat(found).hasSizeGreaterThan(4);
  }

  @Test
  void noShotIsShorterThanAskedFor() {
    List<RawFrame> frames = frames(new SyntheticFilm(80, 12, true, Cut.HARD));
    List<DetectedShot> found = new ArrayList<>();
    ShotDetector detector =
        new ShotDetector(SyntheticFilm.TICKS, new ShotOptions(Duration.ofSeconds(2)), found::add);
    frames.forEach(detector::put);
    detector.finish();
    assertThat(found).hasSizeGreaterThan(2).allMatch(shot -> shot.frames() >= 50);
  }

  @Test
  void framesOfAnotherFormAreRefused() {
    ShotDetector detector = new ShotDetector(new TimeBase(1, 25), ShotOptions.defaults(), shot -> { });
    RawFrame frame = new RawFrame(PixelFormat.GRAY8, 96, 54, 0, 1, new byte[96 * 54]);
    assertThatThrownBy(() -> detector.put(frame)).isInstanceOf(InternalFault.class).hasMessageContaining("SPEC");
  }

  private static List<RawFrame> frames(SyntheticFilm film) {
    List<RawFrame> frames = new ArrayList<>();
    film.play(frames::add);
    return frames;
  }

  private static List<DetectedShot> shots(List<RawFrame> frames) {
    List<DetectedShot> found = new ArrayList<>();
    ShotDetector detector = new ShotDetector(SyntheticFilm.TICKS, ShotOptions.defaults(), found::add);
    frames.forEach(detector::put);
    detector.finish();
    return found;
  }
}
