package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.answerprint.events.EndState;
import org.answerprint.events.TaskKey;
import org.answerprint.jobs.JobKeys;
import org.answerprint.storage.ObjectInfo;
import org.junit.jupiter.api.Test;

class GarbageTest {

  private static final String DISSOLVE = Samples.LOOK + "transition: { type: dissolve, frames: 12 }\n";

  private static Samples made(EndState end) {
    Samples samples = new Samples(DISSOLVE, 50, 50).accepted().planned();
    samples.jobs.mark(JobKeys.attempt(samples.job.id(), samples.take(1).value(), 1));
    samples.done(samples.take(1), JobKeys.take(samples.take(1)));
    samples.put(JobKeys.takeHandles(samples.take(1)), 10);
    samples.done(samples.join(1).key(), JobKeys.transition(samples.join(1).key()));
    return samples.ended(end);
  }

  private static List<String> keys(Samples samples) {
    return new Garbage(samples.jobs).find().stream().map(ObjectInfo::key).toList();
  }

  @Test
  void keepsThePartsOfAFilmThatIsThereAndDropsItsNotes() {
    Samples samples = made(EndState.FINAL);
    assertThat(keys(samples)).containsExactly(JobKeys.attempt(samples.job.id(), samples.take(1).value(), 1));
  }

  @Test
  void dropsThePartsOfAFilmThatIsGone() {
    Samples samples = made(EndState.FINAL);
    samples.jobs.objects().delete(Samples.BUCKETS.out(), samples.job.filmKey());
    assertThat(keys(samples)).contains(JobKeys.take(samples.take(1)), JobKeys.takeHandles(samples.take(1)),
        JobKeys.transition(samples.join(1).key()));
  }

  @Test
  void keepsThePartsThatAnOpenJobPlansAndItsNotes() {
    Samples samples = new Samples(DISSOLVE, 50, 50).accepted().planned();
    samples.done(samples.take(1), JobKeys.take(samples.take(1)));
    samples.put(JobKeys.take(samples.fallback(2)), 10);
    samples.jobs.mark(JobKeys.attempt(samples.job.id(), samples.take(2).value(), 1));
    assertThat(keys(samples)).isEmpty();
  }

  @Test
  void aJobThatBeganMeanwhileKeepsItsParts() {
    Samples samples = made(EndState.FAILED);
    Garbage garbage = new Garbage(samples.jobs);
    List<ObjectInfo> found = garbage.find();
    samples.retries().create(samples.job.id(), java.util.OptionalInt.empty());
    samples.jobs.write(JobKeys.plan(org.answerprint.jobs.Job.idOfRetry(samples.job.id(), 1)),
        samples.jobs.plan(samples.job.id()).orElseThrow());
    garbage.remove(found);
    assertThat(samples.jobs.exists(JobKeys.take(samples.take(1)))).isTrue();
  }

  @Test
  void countsTheBytesItFrees() {
    Samples samples = made(EndState.FAILED);
    Garbage garbage = new Garbage(samples.jobs);
    assertThat(garbage.remove(garbage.find())).isEqualTo(100 + 10 + 100);
    assertThat(garbage.find()).isEmpty();
    assertThat(samples.jobs.job(samples.job.id())).isPresent();
  }

  @Test
  void dropsMarksOfUploadsThatAreGoneOnly() {
    Samples samples = new Samples(Samples.LOOK, 50);
    String in = Samples.BUCKETS.in();
    samples.jobs.objects().put(in, "a.mp4", new byte[3], "video/mp4");
    String tag = samples.jobs.objects().head(in, "a.mp4").orElseThrow().tag();
    samples.jobs.mark(JobKeys.seen(TaskKey.hashOf(List.of(in, "a.mp4", tag)).value()));
    samples.jobs.mark(JobKeys.seen("gone"));
    assertThat(keys(samples)).containsExactly(JobKeys.seen("gone"));
  }
}
