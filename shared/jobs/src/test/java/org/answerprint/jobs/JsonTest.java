package org.answerprint.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.answerprint.events.EndState;
import org.answerprint.events.FailureKind;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectRef;
import org.answerprint.events.ObjectVersion;
import org.answerprint.faults.InternalFault;
import org.answerprint.pipeline.ByArea;
import org.answerprint.pipeline.ImageModelWork;
import org.answerprint.recipe.OptionValue;
import org.answerprint.recipe.Options;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.recipe.Transition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {

  private static final String RICH = """
      method: look
      options: { lut: looks/ä.cube }
      prompt: "a \\"blue\\" metal ball\\non snow"
      seed: 9007199254740991
      maxCost: 2.50
      onShotFailure: fail
      transition: { type: dissolve, frames: 12, prompt: slowly }
      shots:
        - { match: 2, prompt: other }
        - { match: 5s-9s, method: none }
      """;

  static Stream<Object> records() {
    Job job = Samples.job(RICH);
    List<PlannedShot> shots = Samples.shots(job, 50, 300, 1);
    TransitionTask bridge = new TaskPlanner(job)
        .transition(shots.get(0), shots.get(0).edits(), shots.get(1), shots.get(1).edits(), true).orElseThrow();
    return Stream.of(
        job,
        job.accepted(),
        new Job(job.id(), job.upload(), Instant.parse("2026-03-04T12:00:00.123456789Z"),
            Optional.of(new Retry(job.id(), 2, OptionalInt.of(3))), Optional.empty()),
        new Retry(job.id(), 1, OptionalInt.empty()),
        story(),
        Samples.plan(shots),
        new Plan(shots, 1L << 40, new Estimate(1L << 40, 0.1, new BigDecimal("0.000012345678901234567890")), 1e-9),
        shots.get(1),
        new ShotIndex(shots.get(2), new long[] {Long.MIN_VALUE}, new long[] {Long.MAX_VALUE}, new long[0]),
        bridge,
        new DoneMark(2, 1.25),
        new FailedMark(3, FailureKind.TRANSIENT, "the disk is full"),
        new End(EndState.FINAL, Optional.empty(), Optional.of(new ObjectRef("test-out", "a b.mp4/1.mp4")),
            Samples.NOON),
        new End(EndState.CANCELLED, Optional.of("it was cancelled"), Optional.empty(), Samples.NOON));
  }

  private static final Pricing PRICING = new Pricing(new Prices(new BigDecimal("0.00022"), "EUR", 1e4), Map.of("tiny",
      new ImageModelWork(new ByArea(0.1, 1e-9, 1.5e-12), new ByArea(0, 1, 2), new ByArea(3, 4, 5), 6, 7, 8, 512, 64, 8)));

  private static Order story() {
    Order order = Samples.order("story:\n  - { key: clips/a.mp4, length: 3s, prompt: x }\n"
        + "  - { key: stills/b.png, length: 1.5s }");
    return new Order(List.of(Samples.source("1"),
        new SourceFilm(new ObjectVersion("test-in", "stills/b.png", "2", 7), "2", true,
        Samples.info(), Optional.of(Duration.ofMillis(1500)))), order.recipe(), order.encoder(), order.timeBase(),
            Map.of(), Map.of(), PRICING, order.estimate(), 0);
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyStoredRecordComesBackAsItWas(Object record) {
    assertThat(Json.read(Json.write(record).getBytes(UTF_8), record.getClass())).isEqualTo(record);
    assertThat(Json.read(Json.pretty(record).getBytes(UTF_8), record.getClass())).isEqualTo(record);
  }

  @Test
  void recipesKeepEveryDigit() {
    Options options = Options.of(Map.of(
        "guidance", new OptionValue.Number(new BigDecimal("123.123456789")),
        "tiny", new OptionValue.Number(new BigDecimal("0.000000001")),
        "flag", new OptionValue.Flag(true)));
    Recipe recipe = new Recipe(new ShotRecipe("pix2video", Optional.of("toybox"), Optional.empty(), Optional.empty(),
        7, OptionalInt.of(50),
        options, Transition.CUT), Recipe.DEFAULT.onShotFailure(), Optional.of(new BigDecimal("123456.000001")),
            List.of(), List.of());

    assertThat(Json.read(Json.write(recipe).getBytes(UTF_8), Recipe.class)).isEqualTo(recipe);
  }

  @Test
  void equalValuesHaveEqualBytes() {
    Map<String, String> one = Map.of("b", "2", "a", "1", "c", "3");

    assertThat(Json.write(one)).isEqualTo("{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}");
    assertThat(Json.write(new Retry(new JobId("j"), 1, OptionalInt.empty()))).isEqualTo("{\"number\":1,\"of\":\"j\"}");
  }

  /** Records of a newer version may be read by an older one while it is being replaced. */
  @Test
  void skipsFieldsItDoesNotKnow() {
    assertThat(Json.read("{\"attempt\":1,\"seconds\":2,\"mood\":\"good\"}".getBytes(UTF_8), DoneMark.class))
        .isEqualTo(new DoneMark(1, 2));
  }

  @Test
  void aRecordThatCannotBeReadIsOurFault() {
    assertThatThrownBy(() -> Json.read("{".getBytes(UTF_8), Plan.class)).isInstanceOf(InternalFault.class)
        .hasMessageContaining("Plan");
  }
}
