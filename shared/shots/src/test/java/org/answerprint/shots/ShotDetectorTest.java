package org.answerprint.shots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShotDetectorTest {

  /** Seeds that no weight was fitted to. */
  private static final long UNSEEN = 5_000;

  private static final Made SHORT = Made.of(film(3, 1, Join.Form.CUT));
  private static final Made LONG = Made.of(film(80, 8, Join.Form.CUT));

  /** A film that several tests look at, drawn once. */
  private record Made(SyntheticFilm film, List<RawFrame> frames) {

    static Made of(SyntheticFilm film) {
      List<RawFrame> frames = new ArrayList<>();
      film.play(frames::add);
      return new Made(film, frames);
    }
  }

  @Test
  void aFilmWithoutFramesHasNoShots() {
    assertThat(ShotBenchmark.detect(new TimeBase(1, 25), List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 30})
  void aVeryShortFilmIsOneShot(int length) {
    assertThat(ShotBenchmark.detect(new TimeBase(1, 25), SHORT.frames().subList(0, length))).containsExactly(new DetectedShot(0, length, Cut.START, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(value = Join.Form.class, names = {"CUT", "SIMILAR", "BESIDE_FLASH"})
  void hardCutsAreFoundOnTheirFrame(Join.Form form) {
    Score score = score(film(UNSEEN, 7, form));
    assertThat(score.hits()).isEqualTo(score.truths()).isEqualTo(6);
    assertThat(score.falsely).doesNotContainKey(Cut.HARD);
  }

  @ParameterizedTest
  @EnumSource(value = Join.Form.class, names = {"CUT", "SIMILAR", "BESIDE_FLASH"}, mode = EnumSource.Mode.EXCLUDE)
  void gradualChangesAreFoundWithTheirExtent(Join.Form form) {
    Score score = score(film(UNSEEN + 1, 5, form));
    assertThat(score.truths()).isEqualTo(4);
    assertThat(score.hits()).as(score.table()).isGreaterThanOrEqualTo(2);
    assertThat(score.overlap()).isGreaterThan(0.65);
    assertThat(score.falseOnes()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Scene.Disturbance.class)
  void whatHappensWithinAShotIsNoChange(Scene.Disturbance kind) {
    int[] rates = {25, 12, 50};
    for (int i = 0; i < rates.length; i++) {
      Scenery.Kind content = Scenery.Kind.values()[(4 * i + kind.ordinal()) % Scenery.Kind.values().length];
      SyntheticFilm film = SyntheticFilm.of(UNSEEN + i, content, kind, rates[i]);
      assertThat(shots(film)).as("%s of %s at %d frames a second", kind, content, rates[i]).hasSize(1);
    }
  }

  @Test
  void mixedFilmsOfUnseenContentReachTheAgreedScore() {
    SyntheticFilm[] films = new SyntheticFilm[4];
    Arrays.setAll(films, i -> ShotBenchmark.film(UNSEEN + 100 + i, Scenery.Kind.HELD_OUT));
    Score score = score(films);
    assertThat(score.truths()).isEqualTo(36);
    assertThat(score.f1()).as(score.table()).isGreaterThanOrEqualTo(0.92);
  }

  @Test
  void tiledShotsCoverTheFilmWithoutOverlap() {
    SyntheticFilm film = film(60, 4, Join.Form.CUT, Join.Form.DISSOLVE);
    int at = 0;
    int end = 0;
    for (DetectedShot shot : shots(film)) {
      assertThat(shot.start() - shot.gapBefore()).isEqualTo(end);
      assertThat(shot.tiled().start()).isEqualTo(at);
      at = shot.tiled().end();
      end = shot.end();
    }
    assertThat(List.of(at, end)).containsOnly(film.frames());
  }

  @Test
  void shotsAreReportedWhileTheFilmGoesOn() {
    SyntheticFilm film = LONG.film();
    List<DetectedShot> found = new ArrayList<>();
    ShotDetector detector = new ShotDetector(film.timeBase(), ShotOptions.defaults(), found::add);
    for (int seen = 0; seen < LONG.frames().size(); seen++) {
      detector.put(LONG.frames().get(seen));
      int now = seen;
      long due = film.changes().stream().filter(change -> change.end() + ShotDetector.LATENCY < now).count();
      assertThat(found).hasSizeGreaterThanOrEqualTo((int) due);
    }
    assertThat(found).hasSizeGreaterThan(2);
  }

  @Test
  void noShotIsShorterThanAskedFor() {
    SyntheticFilm film = LONG.film();
    List<DetectedShot> found = new ArrayList<>();
    ShotDetector detector = new ShotDetector(film.timeBase(), new ShotOptions(Duration.ofSeconds(2)), found::add);
    LONG.frames().forEach(detector::put);
    detector.finish();
    assertThat(found).hasSizeGreaterThan(2).allMatch(shot -> shot.frames() >= 2 * film.rate());
  }

  @Test
  void unevenTimesChangeNothing() {
    SyntheticFilm film = film(90, 3, Join.Form.CUT, Join.Form.DISSOLVE);
    List<DetectedShot> found = new ArrayList<>();
    ShotDetector detector = new ShotDetector(new TimeBase(1, 1000 * film.rate()), ShotOptions.defaults(), found::add);
    List<RawFrame> frames = Made.of(film).frames();
    frames.forEach(frame -> detector.put(frame.at(1000 * frame.pts() + 400 * (frame.pts() * 7 % 3), 1000)));
    detector.finish();
    assertThat(found).isEqualTo(ShotBenchmark.detect(film.timeBase(), frames));
  }

  @Test
  void framesOfAnotherFormAreRefused() {
    ShotDetector detector = new ShotDetector(new TimeBase(1, 25), ShotOptions.defaults(), shot -> { });
    RawFrame frame = new RawFrame(PixelFormat.GRAY8, 96, 54, 0, 1, new byte[96 * 54]);
    assertThatThrownBy(() -> detector.put(frame)).isInstanceOf(InternalFault.class).hasMessageContaining("SPEC");
  }

  private static SyntheticFilm film(long seed, int shots, Join.Form... forms) {
    return new SyntheticFilm(seed, shots, false, List.of(Scenery.Kind.values()), List.of(forms));
  }

  private static Score score(SyntheticFilm... films) {
    Score score = new Score();
    for (SyntheticFilm film : films) {
      score.add(film, shots(film), line -> { });
    }
    return score;
  }

  private static List<DetectedShot> shots(SyntheticFilm film) {
    return ShotBenchmark.detect(film.timeBase(), Made.of(film).frames());
  }
}
