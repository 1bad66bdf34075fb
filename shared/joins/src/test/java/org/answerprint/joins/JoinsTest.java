package org.answerprint.joins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.toybox.SampleFilm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinsTest {

  @Test
  void knowsItsNames() {
    assertThat(Joins.names()).containsExactly("cut", "dissolve", "morph");
    for (String name : Joins.names()) {
      assertThat(Joins.byName(name).name()).isEqualTo(name);
      assertThat(Joins.byName(name).version()).isNotBlank();
    }
  }

  @Test
  void anUnknownNameIsRefusedWithWhatIsAllowed() {
    assertThatThrownBy(() -> Joins.byName("swirl")).isInstanceOf(RequestFault.class)
        .hasMessageContaining("swirl").hasMessageContaining("cut, dissolve, morph");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "dissolve", "morph"})
  void everyJoinKeepsCountTimesAndGeometry(String name) {
    int[][] counts = {{3, 3}, {2, 3}, {1, 1}, {0, 2}, {2, 0}, {0, 0}};
    for (PixelFormat format : PixelFormat.values()) {
      for (int[] count : counts) {
        List<RawFrame> left = Pictures.drifting(format, 51, 37, count[0], 7, 100, 0);
        List<RawFrame> right = Pictures.drifting(format, 51, 37, count[1], 8, 100 + 40L * count[0], 0);
        List<RawFrame> made = Joins.byName(name).between(left, right);
        assertThat(made).hasSize(count[0] + count[1]);
        for (int i = 0; i < made.size(); i++) {
          RawFrame time = i < left.size() ? left.get(i) : right.get(i - left.size());
          assertThat(List.of(made.get(i).pts(), made.get(i).duration())).containsExactly(time.pts(), time.duration());
          assertThat(made.get(i).format()).isEqualTo(format);
          assertThat(made.get(i).width() + made.get(i).height()).isEqualTo(51 + 37);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dissolve", "morph"})
  void picturesGoSteadilyFromLeftToRight(String name) {
    for (PixelFormat format : PixelFormat.values()) {
      List<RawFrame> left = Pictures.drifting(format, 64, 48, 4, 11, 0, 0);
      List<RawFrame> right = Pictures.drifting(format, 64, 48, 4, 12, 160, 0);
      List<RawFrame> made = Joins.byName(name).between(left, right);
      double last = 0;
      for (RawFrame frame : made) {
        double fromLeft = Pictures.error(frame, left.getLast());
        double share = fromLeft / (fromLeft + Pictures.error(frame, right.getFirst()));
        assertThat(share).as(name + " " + format).isGreaterThan(last).isBetween(0.0, 1.0);
        last = share;
      }
      assertThat(Pictures.error(made.getFirst(), left.getFirst())).isGreaterThan(0)
          .isLessThan(Pictures.error(made.getFirst(), right.getFirst()) / 2);
      assertThat(Pictures.error(made.getLast(), right.getLast())).isGreaterThan(0)
          .isLessThan(Pictures.error(made.getLast(), left.getLast()) / 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dissolve", "morph"})
  void likePicturesStayAsTheyAre(String name) {
    for (PixelFormat format : PixelFormat.values()) {
      List<RawFrame> still = Pictures.drifting(format, 64, 48, 1, 3, 0, 0);
      for (RawFrame frame : Joins.byName(name).between(still, still)) {
        assertThat(Pictures.error(frame, still.getFirst())).as(format.name()).isLessThan(1e-9);
      }
    }
  }

  @Test
  void theLeftShotRunsToTheCutAndHoldsWhileTheRightOneHoldsAndThenRuns() {
    List<RawFrame> left = Pictures.plain(PixelFormat.YUV420P10, 400, 500);
    List<RawFrame> right = Pictures.plain(PixelFormat.YUV420P10, 800, 900);
    int[] expected = {
        Math.round(400 + 400 / 5f), Math.round(500 + 2 * 300 / 5f), Math.round(500 + 3 * 300 / 5f),
        Math.round(500 + 4 * 400 / 5f)};
    List<RawFrame> made = Joins.byName("dissolve").between(left, right);
    for (int i = 0; i < expected.length; i++) {
      RawFrame frame = made.get(i);
      for (int c = 0; c < 3; c++) {
        assertThat(Samples.of(frame, c).get(1, 1)).isEqualTo(expected[i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = PixelFormat.class, names = {"RGB24", "YUV420P", "YUV420P10", "GRAY8"})
  void morphOfAMovedTextureIsFarNearerToTheTruthThanADissolve(PixelFormat format) {
    List<RawFrame> places = Pictures.drifting(format, 160, 96, 3, 21, 0, 5);
    List<RawFrame> left = List.of(places.get(0));
    List<RawFrame> right = List.of(places.get(2), places.get(2));
    RawFrame truth = places.get(1);
    // the second of three frames lies half way
    double morph = Pictures.innerError(Joins.byName("morph").between(left, right).get(1), truth, 16);
    double dissolve = Pictures.innerError(Joins.byName("dissolve").between(left, right).get(1), truth, 16);
    assertThat(morph).as("dissolve %.3f", dissolve).isLessThan(dissolve / 3);
  }

  /** Flow tears at the rims of what moves; nothing of a dark thing may be smeared over a light sky. */
  @Test
  void morphOfUnlikeShotsSmearsNothingOverThePlainSky() {
    List<RawFrame> left = shot(78, 84);
    List<RawFrame> right = shot(84, 90);
    List<RawFrame> morph = Joins.byName("morph").between(left, right);
    List<RawFrame> dissolve = Joins.byName("dissolve").between(left, right);
    for (int i = 0; i < morph.size(); i++) {
      for (int y = 0; y < 130; y++) {
        for (int x = 0; x < 640; x++) {
          int at = 3 * (y * 640 + x);
          int apart = Math.abs((morph.get(i).data()[at] & 255) - (dissolve.get(i).data()[at] & 255));
          boolean sky = x < 200 || x > 480;
          assertThat(!sky || apart < 24).as("the sky at %d, %d of frame %d is %d levels off", x, y, i, apart).isTrue();
        }
      }
    }
  }

  private static List<RawFrame> shot(int from, int to) {
    SampleFilm film = SampleFilm.of(640, 360, 24, 84, 2018);
    return IntStream.range(from, to)
        .mapToObj(i -> new RawFrame(PixelFormat.RGB24, film.width(), film.height(), i, 1, film.render(i))).toList();
  }

  @Test
  void morphGivesTheSamePicturesEachTimeAndTheReverseWhenTurnedAround() {
    List<RawFrame> left = Pictures.drifting(PixelFormat.YUV420P, 96, 64, 1, 31, 0, 0);
    List<RawFrame> right = Pictures.drifting(PixelFormat.YUV420P, 96, 64, 1, 32, 40, 0);
    Join morph = Joins.byName("morph");
    List<RawFrame> made = morph.between(left, right);
    List<RawFrame> again = morph.between(left, right);
    List<RawFrame> turned = morph.between(right, left);
    for (int i = 0; i < 2; i++) {
      assertThat(again.get(i).data()).isEqualTo(made.get(i).data());
      assertThat(Pictures.error(turned.get(1 - i), made.get(i))).isLessThan(0.5);
    }
  }

  @Test
  void sourceFramesAreNotWrittenTo() {
    for (String name : Joins.names()) {
      List<RawFrame> left = Pictures.drifting(PixelFormat.YUV420P, 64, 48, 2, 41, 0, 0);
      List<RawFrame> right = Pictures.drifting(PixelFormat.YUV420P, 64, 48, 2, 42, 80, 0);
      byte[] before = left.getLast().data().clone();
      Joins.byName(name).between(left, right);
      assertThat(left.getLast().data()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "dissolve", "morph"})
  void ofALongTransitionOnlyAFewFramesAreInMemoryAtATime(String name) {
    Fleeting left = new Fleeting(60, 0);
    Fleeting right = new Fleeting(60, 60);
    List<Integer> live = new ArrayList<>();
    int[] made = {0};
    Joins.byName(name).between(left, right, frame -> {
      if (++made[0] % 20 == 0) {
        System.gc();
        live.add(left.live() + right.live());
      }
    });
    assertThat(live).hasSize(6).allMatch(count -> count <= 4);
    assertThat(List.of(left.asked, right.asked)).allMatch(IntStream.range(0, 60).boxed().toList()::equals);
  }

  /** Frames that are made when they are asked for and kept by nobody here. */
  private static final class Fleeting implements Side {
    private final int size;
    private final int from;
    private final List<Integer> asked = new ArrayList<>();
    private final List<WeakReference<RawFrame>> given = new ArrayList<>();

    Fleeting(int size, int from) {
      this.size = size;
      this.from = from;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public RawFrame get(int index) {
      RawFrame frame = Pictures.drifting(PixelFormat.YUV420P, 48, 32, 1, from + index, 40L * (from + index), 0).getFirst();
      asked.add(index);
      given.add(new WeakReference<>(frame));
      return frame;
    }

    int live() {
      return (int) given.stream().filter(frame -> frame.get() != null).count();
    }
  }

  @Test
  void shotsOfDifferentGeometryAreRefused() {
    List<RawFrame> left = Pictures.drifting(PixelFormat.YUV420P, 64, 48, 1, 1, 0, 0);
    List<RawFrame> right = Pictures.drifting(PixelFormat.YUV420P, 64, 50, 1, 1, 40, 0);
    assertThatThrownBy(() -> Joins.byName("dissolve").between(left, right)).isInstanceOf(InternalFault.class)
        .hasMessageContaining("64x50");
  }
}
