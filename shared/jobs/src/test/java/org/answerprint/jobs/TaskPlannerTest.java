package org.answerprint.jobs;

import static org.answerprint.jobs.Samples.LOOK;
import static org.answerprint.jobs.Samples.job;
import static org.answerprint.jobs.Samples.order;
import static org.answerprint.jobs.Samples.shots;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.answerprint.events.ObjectVersion;
import org.answerprint.events.TaskKey;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.VideoInfo;
import org.answerprint.recipe.Recipe;
import org.answerprint.shots.Cut;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TaskPlannerTest {

  private static final String DISSOLVE = "transition: { type: dissolve, frames: 12 }\n";

  @Test
  void theSameInputsGiveTheSameTasks() {
    assertThat(shots(job(LOOK + DISSOLVE), 50, 300, 7)).isEqualTo(shots(job(LOOK + DISSOLVE), 50, 300, 7));
  }

  @Test
  void noTwoTasksOfAFilmShareAKey() {
    List<TaskKey> keys = shots(job(LOOK + DISSOLVE), 50, 300, 700, 7).stream()
        .flatMap(shot -> Stream.of(shot.edits(), shot.fallbacks()).flatMap(List::stream)).map(EditTask::key).toList();

    assertThat(keys).hasSize(2 * (1 + 2 + 3 + 1)).doesNotHaveDuplicates();
  }

  @TestFactory
  Stream<DynamicTest> theKeyChangesWithEachThingThatMatters() {
    Order base = order(LOOK);
    SourceFilm source = base.sources().getFirst();
    EncoderSettings encoder = base.encoder();
    Map<String, UnaryOperator<Order>> changes = Map.ofEntries(
        Map.entry("the source's bytes", o -> with(o, Samples.source("tag-b"))),
        Map.entry("the source's size", o -> with(o, new SourceFilm(
            new ObjectVersion("test-in", "films/a b.mp4", "v", 1001), source.tag(), false, source.info(),
                Optional.empty()))),
        Map.entry("the stream", o -> with(o, new SourceFilm(source.object(), source.tag(), false,
            info(stream(source.info().video(), 3)), Optional.empty()))),
        Map.entry("the look-up table's bytes", o -> with(o, Map.of("looks/a.cube", "lut-2"))),
        Map.entry("the look-up table's key",
            o -> with(with(o, Samples.recipe("method: look\noptions: { lut: looks/b.cube }")),
            Map.of("looks/a.cube", "lut-1", "looks/b.cube", "lut-1"))),
        Map.entry("the method", o -> with(o, Samples.recipe(""))),
        Map.entry("the encoder's options", o -> with(o, encoder(encoder, Map.of("crf", "19"), 64))),
        Map.entry("the size", o -> with(o, encoder(encoder, encoder.options(), 66))),
        Map.entry("the aspect", o -> with(o, encoder.withAspect(4, 3))),
        Map.entry("the film's time base",
            o -> new Order(o.sources(), o.recipe(), o.encoder(), new TimeBase(1, 25_600), o.assets(), o.models(),
            o.pricing(), o.estimate(), o.ingestSeconds())));
    return changes.entrySet().stream().map(change -> DynamicTest.dynamicTest(change.getKey(), () ->
        assertThat(key(change.getValue().apply(base))).isNotEqualTo(key(base))));
  }

  @Test
  void theKeyChangesWithTheFramesAndTheirTimes() {
    TaskPlanner planner = new TaskPlanner(job(""));
    long[] pts = {0, 512, 1024, 1536};
    long[] late = {0, 512, 1024, 1537};
    Set<TaskKey> keys = new HashSet<>();
    keys.add(key(planner, pts, pts, 2048, JoinSpec.CUT));
    keys.add(key(planner, late, pts, 2048, JoinSpec.CUT));
    keys.add(key(planner, pts, late, 2048, JoinSpec.CUT));
    keys.add(key(planner, pts, pts, 2049, JoinSpec.CUT));
    keys.add(key(planner, pts, pts, 2048, new JoinSpec("dissolve", 1, 1, Optional.empty())));

    assertThat(keys).hasSize(5);
  }

  @Test
  void theKeyStaysWhereOnlyWhatTheMethodDoesNotReadChanges() {
    String others = "prompt: snow\nsourcePrompt: grass\nseed: 7\nsteps: 50\nmaxCost: 2.5\nonShotFailure: fail\n";

    assertThat(key(order(others))).isEqualTo(key(order("")));
    assertThat(key(order(LOOK + others))).isEqualTo(key(order(LOOK)));
  }

  @Test
  void theKeyChangesWithTheModelsDigestAndNotWithThoseOfOthers() {
    Order base = order("method: pix2video\nmodel: tiny\nprompt: snow\nsourcePrompt: grass\n");

    assertThat(key(models(base, Map.of("tiny", "b2")))).isNotEqualTo(key(base));
    assertThat(key(models(base, Map.of("tiny", "a1", "other", "c3")))).isEqualTo(key(base));
    assertThat(key(models(order(LOOK), Map.of("tiny", "b2")))).isEqualTo(key(order(LOOK)));
  }

  @Test
  void theKeyStaysWhereTheSameFilmLiesElsewhere() {
    Order base = order(LOOK);
    SourceFilm there = base.sources().getFirst();
    SourceFilm here = new SourceFilm(new ObjectVersion("other-in", "copy.mp4", "another", 1000), there.tag(), false,
        there.info(),
        Optional.empty());

    assertThat(key(with(base, here))).isEqualTo(key(base));
    assertThat(job(with(base, here)).id()).isNotEqualTo(job(base).id());
  }

  @Test
  void theKeyStaysWhereTheShotIsNumberedOtherwise() {
    TaskPlanner planner = new TaskPlanner(job(""));
    TaskPlanner.Found second = Samples.found(2, 50, 20, true);
    TaskPlanner.Found third = new TaskPlanner.Found(3, 0, Cut.FADE, 50, second.pts(), second.times(), second.end(), 0,
        true);

    assertThat(planner.plan(third, JoinSpec.CUT, new long[0]).edits().getFirst().key())
        .isEqualTo(planner.plan(second, JoinSpec.CUT, new long[0]).edits().getFirst().key());
  }

  @Test
  void aShotOfItsOwnMethodIsPlannedForIt() {
    List<PlannedShot> shots = shots(job("shots: [{ match: 2, method: look, options: { lut: looks/a.cube } }]"), 20, 20,
        20);

    assertThat(shots).extracting(shot -> shot.edits().getFirst().method()).containsExactly("none", "look", "none");
  }

  @Test
  void aShotFallsBackToItsSourceUnderAKeyOfItsOwn() {
    PlannedShot shot = shots(job(LOOK + DISSOLVE), 300, 300).getFirst();

    assertThat(shot.fallbacks()).hasSameSizeAs(shot.edits()).allSatisfy(task -> {
      assertThat(task.method()).isEqualTo("none");
      assertThat(task.fallback()).isTrue();
    });
    for (int i = 0; i < shot.edits().size(); i++) {
      EditTask edit = shot.edits().get(i);
      EditTask fallback = shot.fallbacks().get(i);
      assertThat(fallback.key()).isNotEqualTo(edit.key());
      assertThat(List.of(fallback.firstFrame(), fallback.frames(), fallback.headFrames(), fallback.tailFrames()))
          .isEqualTo(List.of(edit.firstFrame(), edit.frames(), edit.headFrames(), edit.tailFrames()));
    }
  }

  @Test
  void aShotThatIsGivenBackAsItIsHasNothingToFallBackTo() {
    assertThat(shots(job(""), 20).getFirst().fallbacks()).isEmpty();
  }

  @Test
  void piecesTileTheShot() {
    Random random = new Random(17);
    for (int i = 0; i < 300; i++) {
      int frames = 1 + random.nextInt(2000);
      PlannedShot shot = shots(job(DISSOLVE), 40, frames, 40).get(1);
      int next = 0;
      for (int piece = 0; piece < shot.edits().size(); piece++) {
        EditTask task = shot.edits().get(piece);
        assertThat(task.piece()).isEqualTo(piece + 1);
        assertThat(task.firstFrame()).as("%d frames", frames).isEqualTo(next);
        assertThat(task.frames()).isLessThanOrEqualTo(TaskPlanner.PIECE_FRAMES);
        assertThat(task.headFrames()).isEqualTo(piece == 0 ? shot.head() : 0);
        assertThat(task.tailFrames()).isEqualTo(piece + 1 == shot.edits().size() ? shot.join().leftFrames() : 0);
        next += task.frames();
      }
      assertThat(next).isEqualTo(frames);
    }
  }

  @Test
  void aTransitionTakesHalfFromEachSide() {
    List<PlannedShot> shots = shots(job("transition: { type: dissolve, frames: 13 }"), 50, 50, 50);

    assertThat(shots).extracting(PlannedShot::head).containsExactly(0, 7, 7);
    assertThat(shots).extracting(shot -> shot.join().leftFrames()).containsExactly(6, 6, 0);
    assertThat(shots.getLast().join()).isEqualTo(JoinSpec.CUT);
  }

  @Test
  void shortShotsKeepAtLeastOneFrameBetweenTwoTransitions() {
    for (int frames = 1; frames <= 20; frames++) {
      PlannedShot shot = shots(job(DISSOLVE), 50, frames, 50).get(1);
      int kept = frames - shot.head() - shot.join().leftFrames();

      assertThat(shot.head()).isEqualTo(Math.min(6, (frames - 1) / 2));
      assertThat(shot.join().leftFrames()).isEqualTo(Math.min(6, (frames - 1) / 2));
      assertThat(kept).as("frames left of %d", frames).isPositive();
    }
  }

  @Test
  void twoShotsTooShortForATransitionSimplyMeet() {
    Job job = job(DISSOLVE);
    List<PlannedShot> shots = shots(job, 1, 2);

    assertThat(bridge(job, shots, false, false, false)).isEmpty();
  }

  @Test
  void aTransitionIsMadeOfTheTakesThatServe() {
    Job job = job(LOOK + "transition: { type: morph, frames: 12 }");
    List<PlannedShot> shots = shots(job, 300, 50);
    Set<TaskKey> keys = new HashSet<>();
    for (boolean left : new boolean[] {false, true}) {
      for (boolean right : new boolean[] {false, true}) {
        for (boolean substitute : new boolean[] {false, true}) {
          TransitionTask task = bridge(job, shots, left, right, substitute).orElseThrow();
          keys.add(task.key());
          assertThat(task.leftTake()).as("the last piece")
              .isEqualTo((left ? shots.getFirst().fallbacks() : shots.getFirst().edits()).get(1).key());
          assertThat(task.rightTake())
              .isEqualTo((right ? shots.get(1).fallbacks() : shots.get(1).edits()).getFirst().key());
          assertThat(task.type()).isEqualTo(substitute ? "dissolve" : "morph");
          assertThat(new TaskPlanner(job).transition(shots.getFirst(), shots.get(1), task.key())).contains(task);
        }
      }
    }
    assertThat(keys).hasSize(8);
    assertThat(new TaskPlanner(job).transition(shots.getFirst(), shots.get(1), new TaskKey("unknown"))).isEmpty();
  }

  @Test
  void retryingAShotChangesThatShotsKeysOnly() {
    Job first = job(LOOK + DISSOLVE);
    Job again = retry(first, OptionalInt.of(2));
    List<PlannedShot> before = shots(first, 50, 300, 50);
    List<PlannedShot> after = shots(again, 50, 300, 50);

    assertThat(keys(after.get(0))).isEqualTo(keys(before.get(0)));
    assertThat(keys(after.get(1))).doesNotContainAnyElementsOf(keys(before.get(1)));
    assertThat(keys(after.get(2))).isEqualTo(keys(before.get(2)));
    assertThat(bridge(again, after, false, false, false)).isPresent()
        .isNotEqualTo(bridge(first, before, false, false, false));
  }

  @Test
  void retryingAJobFindsAllThatIsFinished() {
    Job first = job(LOOK + DISSOLVE);

    assertThat(shots(retry(first, OptionalInt.empty()), 50, 300, 50)).isEqualTo(shots(first, 50, 300, 50));
  }

  private static Job retry(Job of, OptionalInt shot) {
    return new Job(Job.idOfRetry(of.id(), 1), of.upload(), of.created(), Optional.of(new Retry(of.id(), 1, shot)),
        of.order());
  }

  private static List<TaskKey> keys(PlannedShot shot) {
    return Stream.of(shot.edits(), shot.fallbacks()).flatMap(List::stream).map(EditTask::key).toList();
  }

  private static Optional<TransitionTask> bridge(Job job, List<PlannedShot> shots, boolean left, boolean right,
      boolean substitute) {
    PlannedShot one = shots.getFirst();
    PlannedShot two = shots.get(1);
    return new TaskPlanner(job)
        .transition(one, left ? one.fallbacks() : one.edits(), two, right ? two.fallbacks() : two.edits(), substitute);
  }

  private static TaskKey key(Order order) {
    return shots(job(order), 50).getFirst().edits().getFirst().key();
  }

  private static TaskKey key(TaskPlanner planner, long[] pts, long[] times, long end, JoinSpec before) {
    return planner.plan(new TaskPlanner.Found(1, 0, Cut.START, 0, pts, times, end, 0, true), before, new long[0]).edits().getFirst()
        .key();
  }

  private static Order with(Order order, SourceFilm source) {
    return new Order(List.of(source), order.recipe(), order.encoder(), order.timeBase(), order.assets(), order.models(),
        order.pricing(), order.estimate(), order.ingestSeconds());
  }

  private static Order with(Order order, Recipe recipe) {
    return new Order(order.sources(), recipe, order.encoder(), order.timeBase(), order.assets(), order.models(), order.pricing(), order.estimate(),
        order.ingestSeconds());
  }

  private static Order with(Order order, Map<String, String> assets) {
    return new Order(order.sources(), order.recipe(), order.encoder(), order.timeBase(), assets, order.models(), order.pricing(), order.estimate(),
        order.ingestSeconds());
  }

  private static Order models(Order order, Map<String, String> models) {
    return new Order(order.sources(), order.recipe(), order.encoder(), order.timeBase(), order.assets(), models, order.pricing(), order.estimate(),
        order.ingestSeconds());
  }

  private static Order with(Order order, EncoderSettings encoder) {
    return new Order(order.sources(), order.recipe(), encoder, order.timeBase(), order.assets(), order.models(), order.pricing(), order.estimate(),
        order.ingestSeconds());
  }

  private static EncoderSettings encoder(EncoderSettings e, Map<String, String> options, int width) {
    return new EncoderSettings(e.encoder(), e.pixelFormat(), options, e.gop(), width, e.height(), e.timeBase(),
        e.rateNum(), e.rateDen(),
        e.colour(), e.aspectNum(), e.aspectDen(), e.signal());
  }

  private static MediaInfo info(VideoInfo video) {
    return new MediaInfo("mov,mp4", 10_000_000, 1000, video, List.of());
  }

  private static VideoInfo stream(VideoInfo v, int stream) {
    return new VideoInfo(stream, v.codec(), v.codedWidth(), v.codedHeight(), v.width(), v.height(), v.aspectNum(),
        v.aspectDen(),
        v.rotation(), v.mirrored(), v.timeBase(), v.startPts(), v.rateNum(), v.rateDen(), v.frameCount(), v.bitDepth(),
            v.pixelFormat(),
        v.colour(), v.hdr(), v.layout(), v.signal());
  }
}
