package org.answerprint.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectVersion;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.fleet.LongFilms.Work;
import org.answerprint.fleet.LongWork.Answer;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.Estimate;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.Pricing;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.Signal;
import org.answerprint.media.VideoInfo;
import org.answerprint.recipe.Recipe;
import org.answerprint.storage.Buckets;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.testing.HandClock;
import org.junit.jupiter.api.Test;

class LongWorkTest {

  private static final LongFilms FILMS = new LongFilms(Duration.ofMinutes(10), "films-long", "films-extract", "films-assemble");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final TimeBase TICKS = new TimeBase(1, 12_800);

  private final HandClock clock = new HandClock();
  private final MemoryObjectStore store = new MemoryObjectStore(clock);
  private final JobStore jobs = new JobStore(store, Buckets.prefixed("test"));
  private final HandedIn service = new HandedIn();
  private final LongWork work = new LongWork(FILMS, jobs, service, clock, PATIENCE);

  @Test
  void aFilmOfTheLimitIsShortAndAnyLongerOneIsLong() {
    assertThat(work.of(job("a", source(600_000_000, 0)), Work.EXTRACT)).isEqualTo(LongWork.SHORT);
    assertThat(work.of(job("b", source(600_000_001, 0)), Work.EXTRACT)).isInstanceOf(Answer.Elsewhere.class);
    assertThat(service.jobs).hasSize(1);
  }

  @Test
  void aContainerThatUnderstatesItsLengthIsFoundOutByItsFrames() {
    assertThat(work.of(job("a", source(0, 25 * 601)), Work.EXTRACT)).isInstanceOf(Answer.Elsewhere.class);
  }

  @Test
  void aStoryIsAsLongAsWhatItUsesOfItsSources() {
    SourceFilm part = source(7_200_000_000L, 0);
    SourceFilm used = new SourceFilm(part.object(), part.tag(), false, part.info(), Optional.of(Duration.ofMinutes(5)));
    assertThat(work.of(job("a", used, used), Work.EXTRACT)).isEqualTo(LongWork.SHORT);
    assertThat(work.of(job("b", used, used, used), Work.EXTRACT)).isInstanceOf(Answer.Elsewhere.class);
  }

  @Test
  void theJobSaysWhatIsToBeDoneAndForWhom() {
    JobId film = longFilm();
    work.of(film, Work.EXTRACT);
    work.of(film, Work.ASSEMBLE);
    assertThat(service.jobs).containsExactly(
        Submission.of("extract-" + film + "-1", "films-long", "films-extract").withParameters(Map.of("job", film.value())),
        Submission.of("assemble-" + film + "-1", "films-long", "films-assemble").withParameters(Map.of("job", film.value())));
  }

  @Test
  void aRepeatedEventHandsNothingIn() {
    JobId film = longFilm();
    for (int i = 0; i < 5; i++) {
      assertThat(work.of(film, Work.EXTRACT)).isInstanceOf(Answer.Elsewhere.class);
      clock.turn(PATIENCE.dividedBy(6));
    }
    assertThat(service.jobs).hasSize(1);
  }

  @Test
  void aSubmitterThatDiedBeforeItWasTakenIsFollowedByAnotherSoon() {
    JobId film = longFilm();
    service.before = Optional.of(new TransientFault("the service is away"));
    assertThatThrownBy(() -> work.of(film, Work.EXTRACT)).isInstanceOf(TransientFault.class);
    service.before = Optional.empty();
    work.of(film, Work.EXTRACT);
    assertThat(service.jobs).as("somebody may be about to hand it in").isEmpty();
    clock.turn(LongWork.HANDING_IN.plusSeconds(1));
    work.of(film, Work.EXTRACT);
    assertThat(service.jobs).extracting(Submission::name).containsExactly("extract-" + film + "-2");
  }

  @Test
  void asLongAsTheJobShowsThatItWorksNothingIsHandedIn() {
    JobId film = longFilm();
    work.of(film, Work.EXTRACT);
    for (int i = 0; i < 30; i++) {
      clock.turn(PATIENCE.minusSeconds(1));
      sign(film);
      work.of(film, Work.EXTRACT);
    }
    assertThat(service.jobs).hasSize(1);
  }

  @Test
  void aJobThatFellSilentIsFollowedByAnotherAndEachIsWaitedForTwiceAsLong() {
    JobId film = longFilm();
    work.of(film, Work.EXTRACT);
    clock.turn(PATIENCE.plusSeconds(1));
    work.of(film, Work.EXTRACT);
    assertThat(service.jobs).hasSize(2);
    clock.turn(PATIENCE.plusSeconds(1));
    work.of(film, Work.EXTRACT);
    assertThat(service.jobs).hasSize(2);
    clock.turn(PATIENCE);
    work.of(film, Work.EXTRACT);
    assertThat(service.jobs).hasSize(3);
  }

  @Test
  void aFilmWhoseJobsNeverComeIsGivenUpInWords() {
    JobId film = longFilm();
    Answer answer = work.of(film, Work.ASSEMBLE);
    while (!(answer instanceof Answer.GivenUp)) {
      clock.turn(PATIENCE);
      answer = work.of(film, Work.ASSEMBLE);
    }
    assertThat(service.jobs).hasSize(LongWork.SUBMISSIONS);
    assertThat(((Answer.GivenUp) answer).reason()).contains("assemble", "films-long");
  }

  @Test
  void aMissingQueueIsTold() {
    service.before = Optional.of(new RequestFault("there is no queue"));
    assertThatThrownBy(() -> work.of(longFilm(), Work.EXTRACT)).isInstanceOf(RequestFault.class);
  }

  private void sign(JobId film) {
    String key = JobKeys.progress(film, new TaskKey("extract"));
    store.put(jobs.buckets().work(), key, "{}".getBytes(StandardCharsets.UTF_8), "application/json");
  }

  private JobId longFilm() {
    return job("long", source(3_600_000_000L, 0));
  }

  private JobId job(String name, SourceFilm... sources) {
    EncoderSettings encoder = new EncoderSettings("libx264", PixelFormat.YUV420P, Map.of(), 100, 64, 48, TICKS, 25, 1, Colour.BT709, 1, 1,
        Signal.PLAIN);
    Order order = new Order(List.of(sources), Recipe.DEFAULT, encoder, TICKS, Map.of(), Map.of(), Pricing.NONE, new Estimate(0, 0, BigDecimal.ZERO), 0);
    JobId id = new JobId(name);
    jobs.write(JobKeys.job(id), new Job(id, sources[0].object(), Instant.EPOCH, Optional.empty(), Optional.of(order)));
    return id;
  }

  private static SourceFilm source(long micros, long frames) {
    VideoInfo video = new VideoInfo(0, "h264", 64, 48, 64, 48, 1, 1, 0, false, TICKS, 0, 25, 1, frames, 8, "yuv420p", Colour.BT709, false,
        PixelFormat.YUV420P, Signal.PLAIN);
    return new SourceFilm(new ObjectVersion("test-in", "film.mp4", "v", 1000), "tag", false,
        new MediaInfo("mov,mp4", micros, 1000, video, List.of()), Optional.empty());
  }
}
