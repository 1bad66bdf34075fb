package org.answerprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.Retry;
import org.answerprint.testkit.Films;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was rejected, put right and landed again under its old key, byte for byte. */
class LandedAgainTest {

  private static final byte[] FILM = Films.toybox(12, 3);
  private static final String CUBE = "LUT_3D_SIZE 2\n" + "0.5 0.5 0.5\n".repeat(8);

  private final MemoryIngest world = new MemoryIngest();
  private JobId first;

  @BeforeEach
  void rejectedForWantOfALookUpTable() {
    world.land("look/recipe.yaml", "method: look\noptions: {lut: looks/a.cube}\n");
    world.land("look/film.mp4", FILM);
    first = rejected("look/film.mp4");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void isAcceptedOnceWhatWasMissingIsThere() {
    world.land("looks/a.cube", CUBE);
    assertThat(rejected("look/film.mp4")).as("the first event, delivered again, is no landing").isEqualTo(first);
    world.land("look/film.mp4", FILM);
    JobId again = accepted("look/film.mp4");
    assertThat(again).isEqualTo(Job.idOfRetry(first, 1));
    assertThat(world.stage.jobs().existing(again).retry()).contains(new Retry(first, 1, OptionalInt.empty()));
    assertThat(world.stage.jobs().open()).containsExactly(again);
  }

  @Test
  void isOneJobHoweverManyTellOfIt() {
    world.land("looks/a.cube", CUBE);
    world.land("look/film.mp4", FILM);
    List<CompletableFuture<Ingested>> told = Stream.generate(() -> CompletableFuture.supplyAsync(() -> world.ingest.landed("look/film.mp4")))
        .limit(4).toList();
    assertThat(told).extracting(CompletableFuture::join).containsOnly(new Ingested.Accepted(Job.idOfRetry(first, 1)));
    assertThat(accepted("look/film.mp4")).isEqualTo(Job.idOfRetry(first, 1));
    assertThat(world.jobs()).isEqualTo(2);
    assertThat(world.facts().stream().filter(Fact.VideoAccepted.class::isInstance)).hasSize(1);
  }

  @Test
  void mayBeRejectedAgainAndLandOnceMore() {
    world.land("look/film.mp4", FILM);
    assertThat(rejected("look/film.mp4")).isEqualTo(Job.idOfRetry(first, 1));
    assertThat(rejected("look/film.mp4")).as("delivered again").isEqualTo(Job.idOfRetry(first, 1));
    world.land("looks/a.cube", CUBE);
    world.land("look/film.mp4", FILM);
    assertThat(accepted("look/film.mp4")).isEqualTo(Job.idOfRetry(first, 2));
    assertThat(world.jobs()).isEqualTo(3);
  }

  @Test
  void landsAgainWithTheRecipeBesideItToo() {
    String recipe = "method: look\noptions: {lut: looks/b.cube}\n";
    world.land("look/film.mp4.recipe.yaml", recipe);
    JobId beside = rejected("look/film.mp4.recipe.yaml");
    world.land("looks/b.cube", CUBE);
    world.land("look/film.mp4.recipe.yaml", recipe);
    assertThat(accepted("look/film.mp4.recipe.yaml")).isEqualTo(Job.idOfRetry(beside, 1));
  }

  @Test
  void isFoundByTheSweepWhereItsEventIsLost() {
    assertThat(world.sweep().ingested()).as("it has been seen").isZero();
    world.land("looks/a.cube", CUBE);
    world.land("look/film.mp4", FILM);
    assertThat(world.sweep().ingested()).isEqualTo(1);
    assertThat(world.stage.jobs().open()).containsExactly(Job.idOfRetry(first, 1));
    assertThat(world.sweep().ingested()).isZero();
  }

  @Test
  void keepsItsJobWhereThatWasNotRejected() {
    world.land("plain.mp4", FILM);
    JobId plain = accepted("plain.mp4");
    world.land("plain.mp4", FILM);
    assertThat(accepted("plain.mp4")).isEqualTo(plain);
    assertThat(world.stage.jobs().existing(plain).retry()).isEqualTo(Optional.empty());
  }

  private JobId rejected(String key) {
    return world.landed(key) instanceof Ingested.Rejected(JobId job, String reason) ? job : null;
  }

  private JobId accepted(String key) {
    return world.landed(key) instanceof Ingested.Accepted(JobId job) ? job : null;
  }
}
