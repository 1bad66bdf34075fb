package org.answerprint.toybox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SampleFilmTest {
  private static final SampleFilm SMALL = SampleFilm.of(64, 36, 24, 24, 3);
  private static final int LOUD = 12_000;

  @Test
  void theStandardFilmHasFiveShotsThreeHardCutsAndOneDissolve() {
    var film = SampleFilm.standard();
    assertThat(film.width()).isEqualTo(640);
    assertThat(film.height()).isEqualTo(360);
    assertThat(film.framesPerSecond()).isEqualTo(24);
    assertThat(film.frameCount()).isEqualTo(226);
    assertThat(film.cuts()).containsExactly(
        new Join.HardCut(48), new Join.HardCut(96), new Join.Dissolve(130, 144), new Join.HardCut(178));
    assertThat(film.shots()).allSatisfy(shot -> assertThat(shot.end() - shot.start()).isEqualTo(48));
    assertThat(film.captions()).hasSize(5).doesNotHaveDuplicates()
        .allSatisfy(caption -> assertThat(Attributes.of(caption)).isPresent());
    assertThat(film.sampleCount()).isEqualTo(452_000);
    assertThat(film.shots()).allSatisfy(shot ->
        assertThat(Framing.shareInView(shot.scene())).isGreaterThan(0.99));
  }

  @Test
  void thePictureJumpsAtHardCutsAndNowhereElse() {
    var frames = IntStream.range(0, SMALL.frameCount()).mapToObj(SMALL::render).toList();
    for (int frame = 1; frame < frames.size(); frame++) {
      double change = Samples.difference(frames.get(frame - 1), frames.get(frame));
      if (SMALL.cuts().contains(new Join.HardCut(frame))) {
        assertThat(change).as("frame %d", frame).isGreaterThan(30);
      } else {
        assertThat(change).as("frame %d", frame).isLessThan(20);
      }
    }
  }

  @Test
  void theDissolveGoesEvenlyFromOneShotToTheNext() {
    var dissolve = SMALL.cuts().get(2);
    var last = SMALL.render(dissolve.start() - 1);
    var next = SMALL.render(dissolve.end());
    double before = -1;
    for (int frame = dissolve.start(); frame < dissolve.end(); frame++) {
      var mixed = SMALL.render(frame);
      double share = Samples.difference(mixed, last) / Samples.difference(last, next);
      assertThat(share).isGreaterThan(before).isBetween(0.02, 0.98);
      before = share;
    }
  }

  @Test
  void theSoundClicksExactlyWhereThePictureCuts() {
    var sound = SMALL.sound(0, (int) SMALL.sampleCount());
    var onsets = IntStream.range(0, sound.length / 2)
        .filter(i -> Math.abs(sound[2 * i]) > LOUD && quiet(sound, i - 480, i))
        .mapToObj(Long::valueOf).toList();
    assertThat(onsets).isEqualTo(SMALL.cuts().stream().map(cut -> SMALL.firstSample(cut.click())).toList());
    assertThat(onsets.getFirst()).isEqualTo(24 * 2000L);
    var dissolve = SMALL.cuts().get(2);
    assertThat(dissolve.click() * 2).isEqualTo(dissolve.start() + dissolve.end());
  }

  @Test
  void theBedIsSoftAndNeverSilentInsideAShot() {
    var sound = SMALL.sound(0, (int) SMALL.sampleCount());
    long[] clicks = SMALL.cuts().stream().mapToLong(cut -> SMALL.firstSample(cut.click())).toArray();
    for (int start = 2_400; start + 2_400 < sound.length / 2; start += 2_400) {
      int from = start;
      int loudest = IntStream.range(2 * from, 2 * (from + 2_400)).map(i -> Math.abs(sound[i])).max().orElseThrow();
      boolean besideClick = Arrays.stream(clicks).anyMatch(click -> click >= from - 2_400 && click < from + 4_800);
      assertThat(loudest).isGreaterThan(500).isLessThan(besideClick ? 32_767 : 6_000);
    }
  }

  @Test
  void soundReadInPiecesIsTheSameSound() {
    var whole = SMALL.sound(40_000, 20_000);
    for (int from = 0; from < 20_000; from += 777) {
      int count = Math.min(777, 20_000 - from);
      assertThat(SMALL.sound(40_000 + from, count))
          .isEqualTo(Arrays.copyOfRange(whole, 2 * from, 2 * (from + count)));
    }
  }

  @Test
  void framesAndSoundAreTheseForGood() {
    var crc = new CRC32();
    crc.update(SMALL.render(5));
    crc.update(SMALL.render(SMALL.cuts().get(2).click()));
    for (short sample : SMALL.sound(47_900, 500)) {
      crc.update(sample & 255);
      crc.update(sample >> 8 & 255);
    }
    assertThat(crc.getValue()).isEqualTo(3883589402L);
  }

  @Test
  void aFilmThatEndsEarlierIsTheSameUntilThen() {
    var film = SMALL.first(2);
    assertThat(film.shots()).isEqualTo(SMALL.shots().subList(0, 2));
    assertThat(film.cuts()).isEqualTo(SMALL.cuts().subList(0, 1));
    assertThat(film.frameCount()).isEqualTo(48);
    assertThat(film.render(47)).isEqualTo(SMALL.render(47));
    assertThatThrownBy(() -> SMALL.first(6)).hasMessageContaining("a film's shots");
  }

  @Test
  void everyFrameRateHasItsSamples() {
    var film = SampleFilm.of(16, 16, 29, 8, 0);
    assertThat(film.firstSample(1)).isEqualTo(1656);
    assertThat(film.sound(0, (int) film.sampleCount())).hasSize(2 * (int) film.sampleCount());
  }

  @Test
  void framesAndSamplesOutsideTheFilmAreRefused() {
    assertThatThrownBy(() -> SMALL.render(SMALL.frameCount())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SMALL.render(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SMALL.sound(SMALL.sampleCount() - 5, 6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SampleFilm.of(64, 64, 24, 3, 0)).hasMessageContaining("a shot's frames");
  }

  private static boolean quiet(short[] sound, int from, int to) {
    return IntStream.range(Math.max(0, from), to).allMatch(i -> Math.abs(sound[2 * i]) <= LOUD);
  }
}
