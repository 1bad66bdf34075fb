package org.answerprint.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.answerprint.events.TaskKey;
import org.answerprint.events.WorkItem;
import org.answerprint.frames.RawFrame;
import org.answerprint.handles.HandleHeader;
import org.answerprint.handles.HandlePack;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.Plan;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.TaskPlanner;
import org.answerprint.jobs.TransitionTask;
import org.answerprint.media.EncoderSettings;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Parsed;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.report.TaskFacts;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Answer;
import org.answerprint.testkit.Events;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.StackResource;
import org.answerprint.testkit.TestJobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(StackResource.class)
class TransitionFunctionTest {

  private static final byte[] FILM = Films.toybox(12, 31);

  @Inject Stage stage;
  @TestHTTPResource URI door;
  @TempDir Path temp;

  @Test
  void aDissolveHasAsManyFramesAsBothHandles() {
    made("dissolve", 7);
  }

  @Test
  void aMorphIsMadeByDenseFlow() {
    made("morph", 4);
  }

  private void made(String type, int frames) {
    Job job = accepted("transition/" + type + ".mp4", type, frames);
    TransitionTask task = planned(job);
    assertThat(post(work(job, task)).text("/status")).isEqualTo("done");
    TaskFacts facts = stage.jobs().read(JobKeys.transitionFacts(task.key()), TaskFacts.class).orElseThrow();
    assertThat(facts.frames()).isEqualTo(frames);
    assertThat(facts.method()).isEqualTo(type);
    assertThat(post(work(job, task)).text("/status")).isEqualTo("done");
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id()))).as("computed once").hasSize(1);
  }

  @Test
  void aHandlePackThatIsDamagedIsNamed() {
    Job job = accepted("transition/damaged.mp4", "dissolve", 6);
    TransitionTask task = planned(job);
    String work = stage.jobs().buckets().work();
    byte[] pack = stage.store().get(work, JobKeys.takeHandles(task.leftTake()), 1 << 24).orElseThrow();
    pack[pack.length / 2] ^= 1;
    stage.store().put(work, JobKeys.takeHandles(task.leftTake()), pack, "application/octet-stream");
    Answer answer = post(work(job, task));
    assertThat(answer.text("/status")).isEqualTo("failed");
    assertThat(answer.text("/reason")).contains("damaged");
    assertThat(stage.jobs().exists(JobKeys.transition(task.key()))).isFalse();
  }

  @Test
  void anItemThatBelongsToNoCutFails() {
    Job job = accepted("transition/unknown.mp4", "dissolve", 8);
    planned(job);
    Answer answer = post(new WorkItem.TransitionWork(job.id(), new TaskKey("unknown"), 1));
    assertThat(answer.text("/status")).isEqualTo("failed");
    assertThat(answer.text("/reason")).contains("unknown");
  }

  private Job accepted(String key, String type, int frames) {
    Parsed recipe = RecipeReader.read("transition: {type: " + type + ", frames: " + frames + "}\n", "test", Methods.catalogue());
    return TestJobs.accepted(stage, key, FILM, recipe.orThrow());
  }

  /** Two shots with the handle packs that their edits would have left. */
  private TransitionTask planned(Job job) {
    Plan plan = TestJobs.planned(stage, job, 20, 40);
    PlannedShot left = plan.shots().get(0);
    PlannedShot right = plan.shots().get(1);
    TransitionTask task = new TaskPlanner(job).transition(left, left.edits(), right, right.edits(), false).orElseThrow();
    pack(job, task.leftTake(), List.of(), flat(job, task.leftFrames(), 200, 0));
    pack(job, task.rightTake(), flat(job, task.rightFrames(), 40, task.leftFrames()), List.of());
    return task;
  }

  private void pack(Job job, TaskKey take, List<RawFrame> head, List<RawFrame> tail) {
    EncoderSettings film = job.accepted().encoder();
    Path file = temp.resolve(take.value());
    HandlePack.write(file, new HandleHeader(film.pixelFormat(), film.width(), film.height(), film.timeBase(), film.colour()), head, tail);
    stage.store().putIfAbsent(stage.jobs().buckets().work(), JobKeys.takeHandles(take), file, "application/octet-stream");
  }

  private static List<RawFrame> flat(Job job, int count, int level, int from) {
    EncoderSettings film = job.accepted().encoder();
    return java.util.stream.IntStream.range(0, count).mapToObj(i -> {
      byte[] data = new byte[film.pixelFormat().frameBytes(film.width(), film.height())];
      Arrays.fill(data, (byte) level);
      return new RawFrame(film.pixelFormat(), film.width(), film.height(), 1000L * (from + i), 1000, data);
    }).toList();
  }

  private static WorkItem work(Job job, TransitionTask task) {
    return new WorkItem.TransitionWork(job.id(), task.key(), task.leftShot());
  }

  private Answer post(WorkItem item) {
    return Events.post(door, item).ok();
  }
}
