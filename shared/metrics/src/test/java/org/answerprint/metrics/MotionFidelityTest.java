package org.answerprint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.answerprint.flow.DenseFlow;
import org.answerprint.pictures.Picture;
import org.answerprint.toybox.Scene;
import org.answerprint.toybox.ToyColour;
import org.junit.jupiter.api.Test;

class MotionFidelityTest {

  private static final float LOST = Float.NaN;
  private static final Track RIGHT = Clips.track(0, 0, 2, 0, 4, 0);
  private static final Track RIGHT_ELSEWHERE = Clips.track(9, 9, 10, 9, 13, 9);
  private static final Track LEFT = Clips.track(0, 0, -1, 0, -2, 0);
  private static final Track DOWN = Clips.track(0, 0, 0, 1, 0, 2);
  private static final Track STILL = Clips.track(5, 5, 5, 5, 5, 5);

  @Test
  void tracksCorrelateByTheDirectionOfTheirSteps() {
    assertThat(exact(RIGHT, RIGHT_ELSEWHERE)).hasValue(1);
    assertThat(exact(RIGHT, LEFT)).hasValue(-1);
    assertThat(exact(RIGHT, DOWN)).hasValue(0);
    assertThat(exact(RIGHT, Clips.track(0, 0, 1, 0, 1, 7))).hasValue(0.5);
  }

  @Test
  void standingStillAgreesWithItselfAlone() {
    assertThat(exact(STILL, STILL)).hasValue(1);
    assertThat(exact(STILL, RIGHT)).hasValue(0);
    Track trembling = Clips.track(5, 5, 5.1, 5, 5, 5.1);
    assertThat(exact(trembling, STILL)).hasValue(0);
    assertThat(MotionFidelity.ESTIMATED.correlation(trembling, STILL)).hasValue(1);
  }

  @Test
  void stepsThatOneTrackDoesNotHaveAreLeftOut() {
    assertThat(exact(RIGHT, Clips.track(0, 0, 1, 0, LOST, LOST))).hasValue(1);
    assertThat(exact(RIGHT, Clips.track(0, 0, LOST, LOST, 1, 0))).isEmpty();
  }

  @Test
  void longTracksAreComparedInFewerSteps() {
    Track slow = Clips.track(0, 0, 0.1, 0, 0.2, 0, 0.3, 0, 0.4, 0);
    assertThat(MotionFidelity.ESTIMATED.correlation(slow, slow.inSteps(4))).hasValue(1);
    assertThat(slow.inSteps(2).x()).containsExactly(0, 0.2f, 0.4f);
    assertThat(slow.inSteps(9)).isSameAs(slow);
    Track wandering = Clips.track(0, 0, 0.2, 0, 0.4, 0.1, 0.6, 0, 0.8, 0);
    assertThat(MotionFidelity.ESTIMATED.correlation(wandering.inSteps(2), Clips.track(0, 0, -1, 0, -2, 0)).orElseThrow()).isLessThan(-0.9);
  }

  @Test
  void aClipIsFaithfulToItself() {
    List<Track> tracks = List.of(RIGHT, DOWN, STILL);
    assertThat(MotionFidelity.EXACT.unpaired(tracks, tracks)).hasValue(1);
    assertThat(MotionFidelity.EXACT.paired(tracks, tracks)).hasValue(1);
  }

  @Test
  void bothDirectionsCountInThePapersMeasure() {
    List<Track> source = List.of(RIGHT, DOWN);
    // Every edited track finds its like in the source; of the source's two, one finds none.
    assertThat(MotionFidelity.EXACT.unpaired(List.of(RIGHT_ELSEWHERE, RIGHT), source).orElseThrow()).isEqualTo((1 + 0.5) / 2, within(1e-12));
    assertThat(MotionFidelity.EXACT.unpaired(List.of(LEFT), List.of(RIGHT))).hasValue(-1);
  }

  @Test
  void pairedTracksAreHeldAgainstTheirOwnPlaceAlone() {
    assertThat(MotionFidelity.EXACT.paired(List.of(DOWN, RIGHT), List.of(RIGHT, DOWN))).hasValue(0);
    assertThat(MotionFidelity.EXACT.paired(List.of(RIGHT, LEFT), List.of(RIGHT, RIGHT))).hasValue(0);
    assertThatThrownBy(() -> MotionFidelity.EXACT.paired(List.of(RIGHT), List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatTheEditHasLostCountsNothingAndWhatTheSourceNeverHadIsNoMeasure() {
    Track lost = Clips.track(0, 0, LOST, LOST, LOST, LOST);
    assertThat(MotionFidelity.EXACT.unpaired(List.of(lost), List.of(RIGHT))).hasValue(0);
    assertThat(MotionFidelity.EXACT.paired(List.of(lost, RIGHT), List.of(RIGHT, RIGHT))).hasValue(0.5);
    assertThat(MotionFidelity.EXACT.unpaired(List.of(RIGHT), List.of(lost))).isEmpty();
    assertThat(MotionFidelity.EXACT.paired(List.of(RIGHT), List.of(lost))).isEmpty();
  }

  @Test
  void pointsAreTrackedThroughWhatGlides() {
    List<Picture> clip = Clips.gliding(6, 64, 48, 1.5, -1);
    try (DenseFlow dense = new DenseFlow()) {
      Track track = new PointTracker(dense).track(clip, List.of(new Point(30, 28))).getFirst();
      for (int i = 0; i < 6; i++) {
        assertThat(track.x()[i]).isEqualTo(30 + 1.5f * i, within(0.4f));
        assertThat(track.y()[i]).isEqualTo(28 - i, within(0.4f));
      }
    }
  }

  @Test
  void aPointThatLeavesThePictureIsLost() {
    try (DenseFlow dense = new DenseFlow()) {
      Track track = new PointTracker(dense).track(Clips.gliding(6, 64, 48, 2, 0), List.of(new Point(58, 20))).getFirst();
      assertThat(track.isSeen(0)).isTrue();
      assertThat(track.isSeen(5)).isFalse();
    }
  }

  @Test
  void knownTracksBeginWhereTheyAreAskedToAndGoWithTheObject() {
    Scene scene = PixelMseTest.rolling(ToyColour.RED);
    List<Point> starts = KnownTracks.onObject(scene, 8, 64, 64, 4);
    assertThat(starts).hasSizeGreaterThan(5);
    List<Track> tracks = KnownTracks.of(scene, 8, 64, 64, starts);
    for (int i = 0; i < starts.size(); i++) {
      assertThat(tracks.get(i).x()[0]).isEqualTo(starts.get(i).x(), within(1e-3f));
      assertThat(tracks.get(i).y()[0]).isEqualTo(starts.get(i).y(), within(1e-3f));
    }
    assertThat(tracks).anyMatch(track -> track.isSeen(3) && track.x()[3] > track.x()[0] + 3);
    assertThat(tracks).anyMatch(track -> !track.isSeen(7));
  }

  @Test
  void theTrackerFindsTheTrajectoryThatTheRendererKnows() {
    Scene scene = PixelMseTest.rolling(ToyColour.YELLOW);
    List<Point> starts = KnownTracks.onObject(scene, 24, 112, 64, 4);
    List<Track> known = KnownTracks.of(scene, 24, 112, 64, starts);
    try (DenseFlow dense = new DenseFlow()) {
      PointTracker tracker = new PointTracker(dense);
      List<Track> found = tracker.track(Clips.rendered(scene, 24, 112, 64), starts);
      List<Picture> frozen = Collections.nCopies(24, Clips.rendered(scene, 24, 112, 64).getFirst());
      double kept = MotionFidelity.ESTIMATED.paired(found, known).orElseThrow();
      double lost = MotionFidelity.ESTIMATED.paired(tracker.track(frozen, starts), known).orElseThrow();
      assertThat(kept).isGreaterThan(0.8);
      assertThat(lost).isLessThan(0.3);
    }
  }

  private static OptionalDouble exact(Track a, Track b) {
    return MotionFidelity.EXACT.correlation(a, b);
  }
}
