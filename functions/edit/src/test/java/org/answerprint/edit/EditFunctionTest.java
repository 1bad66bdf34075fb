package org.answerprint.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleBucket;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.events.FailureKind;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.events.WorkItem;
import org.answerprint.handles.HandleGroup;
import org.answerprint.handles.HandlePack;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.Plan;
import org.answerprint.methods.Methods;
import org.answerprint.methods.Monitor;
import org.answerprint.models.Definitions;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.report.TaskFacts;
import org.answerprint.stage.Delivery;
import org.answerprint.stage.Outcome;
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
class EditFunctionTest {

  private static final byte[] FILM = Films.toybox(12, 11);

  @Inject Stage stage;
  @TestHTTPResource URI door;
  @TempDir Path temp;

  @Test
  void aTakeHoldsTheFramesThatNoTransitionReplacesAndThePackTheOthers() {
    Job job = TestJobs.accepted(stage, "edit/handles.mp4", FILM, dissolve());
    Plan plan = TestJobs.planned(stage, job, 20, 40);
    EditTask task = plan.shots().getFirst().edits().getFirst();
    assertThat(edit(job, task).text("/status")).isEqualTo("done");
    TaskFacts facts = stage.jobs().read(JobKeys.takeFacts(task.key()), TaskFacts.class).orElseThrow();
    assertThat(facts.frames()).isEqualTo(20 - 3);
    assertThat(facts.caption()).isEmpty();
    Path pack = temp.resolve("pack");
    assertThat(stage.store().download(stage.jobs().buckets().work(), JobKeys.takeHandles(task.key()), pack)).isTrue();
    try (HandlePack handles = HandlePack.open(pack)) {
      assertThat(handles.frames(HandleGroup.TAIL)).hasSize(3);
      assertThat(handles.frames(HandleGroup.HEAD)).isEmpty();
    }
  }

  @Test
  void theSameItemTwiceIsComputedOnce() {
    Job job = TestJobs.accepted(stage, "edit/twice.mp4", Films.toybox(12, 12), Recipe.DEFAULT);
    EditTask task = TestJobs.planned(stage, job, 20).shots().getFirst().edits().getFirst();
    assertThat(edit(job, task).text("/status")).isEqualTo("done");
    assertThat(edit(job, task).text("/status")).isEqualTo("done");
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id()) + task.key() + "/")).hasSize(1);
    assertThat(stage.jobs().done(job.id(), task.key()).orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void aShotWhoseLookUpTableIsGoneIsGivenUpWithASentence() {
    Recipe look = ((org.answerprint.recipe.Parsed.Valid) RecipeReader.read(
        "method: look\noptions: {lut: gone.cube}\n", "test", Methods.catalogue())).recipe();
    Job job = TestJobs.accepted(stage, "edit/gone.mp4", Films.toybox(12, 13), look);
    EditTask task = TestJobs.planned(stage, job, 20).shots().getFirst().edits().getFirst();
    Answer answer = edit(job, task);
    assertThat(answer.text("/status")).isEqualTo("failed");
    assertThat(answer.text("/reason")).contains("gone.cube");
    assertThat(stage.jobs().failed(job.id(), task.key()).orElseThrow().kind()).isEqualTo(FailureKind.REQUEST);
    assertThat(stage.jobs().exists(JobKeys.take(task.key()))).isFalse();
  }

  @Test
  void anItemOfAJobThatNobodyKnowsFails() {
    WorkItem.EditWork item = new WorkItem.EditWork(new JobId("nobody"), new TaskKey("nothing"), 1, 1);
    Answer answer = post(item);
    assertThat(answer.text("/status")).isEqualTo("failed");
    assertThat(answer.text("/reason")).contains("nobody");
  }

  @Test
  void aShotIsEditedByAModelOfTheBucketAndGoesOnFromTheCheckpointOfAWorkerThatStopped() throws Exception {
    Bundle tiny = tiny();
    new BundleBucket(stage.store(), stage.jobs().buckets().work()).put(tiny, "tiny");
    Recipe recipe = RecipeReader.read("""
        method: pix2video
        model: tiny
        prompt: a blue ball on snow
        sourcePrompt: a red ball on grass
        steps: 3
        options: { resolution: 64 }
        """, "test", Methods.catalogue()).orThrow();
    Job job = TestJobs.accepted(stage, "edit/model.mp4", Films.toybox(4, 14), recipe, Map.of("tiny", tiny.manifest().digest()));
    EditTask task = TestJobs.planned(stage, job, 4).shots().getFirst().edits().getFirst();
    WorkItem.EditWork item = new WorkItem.EditWork(job.id(), task.key(), task.shot(), task.piece());
    String checkpoints = JobKeys.checkpoints(job.id(), task.key());
    List<Long> first = new ArrayList<>();
    List<Long> second = new ArrayList<>();
    try (EditService dying = new EditService(stage); EditService next = new EditService(stage)) {
      assertThat(dying.edit(item, (done, total) -> {
        first.add(done);
        if (!stage.jobs().list(checkpoints).isEmpty()) {
          throw new Monitor.Cancelled("the worker is stopping");
        }
      }, Delivery.FIRST)).isInstanceOf(Outcome.Later.class);
      assertThat(next.edit(item, (done, total) -> second.add(done), Delivery.AGAIN)).isInstanceOf(Outcome.Finished.class);
    }
    assertThat(second).startsWith(1L, 2L, 3L, 4L).endsWith(4L * (2 + 6));
    assertThat(second.get(4)).isGreaterThanOrEqualTo(first.getLast());
    assertThat(stage.jobs().list(checkpoints)).isEmpty();
    assertThat(stage.jobs().read(JobKeys.takeFacts(task.key()), TaskFacts.class).orElseThrow().frames()).isEqualTo(4);
  }

  @Test
  void whatARecipeDoesNotSayOfAShotTheModelsCaptionerSaysAndItIsWrittenDown() {
    Recipe recipe = RecipeReader.read("method: pix2video\nprompt: a blue ball on snow\nsteps: 1\n", "test", Methods.catalogue()).orThrow();
    String shipped = new BundleCache(temp).named("toybox-image").manifest().digest();
    Job job = TestJobs.accepted(stage, "edit/caption.mp4", Films.toybox(4, 15), recipe, Map.of("toybox-image", shipped));
    EditTask task = TestJobs.planned(stage, job, 4).shots().getFirst().edits().getFirst();
    assertThat(edit(job, task).text("/status")).isEqualTo("done");
    assertThat(stage.jobs().read(JobKeys.takeFacts(task.key()), TaskFacts.class).orElseThrow().caption().orElseThrow())
        .matches("a \\w+ \\w+ \\w+ \\w+ on \\w+");
  }

  private Bundle tiny() throws URISyntaxException {
    Path files = Path.of(EditFunctionTest.class.getResource("/sd-depth").toURI());
    return new BundleCache(temp).add(CheckpointReader.read(files, new Definitions(), false), "tiny").bundle();
  }

  private static Recipe dissolve() {
    return ((org.answerprint.recipe.Parsed.Valid) RecipeReader.read(
        "transition: {type: dissolve, frames: 6}\n", "test", Methods.catalogue())).recipe();
  }

  private Answer edit(Job job, EditTask task) {
    return post(new WorkItem.EditWork(job.id(), task.key(), task.shot(), task.piece()));
  }

  private Answer post(WorkItem item) {
    return Events.post(door, item).ok();
  }
}
