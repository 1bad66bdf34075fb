package org.answerprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.answerprint.events.TaskKey;
import org.answerprint.jobs.SpentMark;
import org.answerprint.report.Receipt.Item;
import org.answerprint.report.Receipt.Work;
import org.junit.jupiter.api.Test;

/** Workers in these jobs take 2.0004 s for each task, at 0.01 EUR a second. */
class ReceiptTest {

  private static final String LOOK = "{ method: look, options: { lut: looks/warm.cube }, transition: { type: morph, frames: 12 } }";
  private static final Work ONE_TASK = new Work(2, 0, new BigDecimal("0.02"));
  private static final Work NOTHING = new Work(0, 0, BigDecimal.ZERO);

  @Test
  void saysWhatEveryShotAndTransitionCostAndTheSum() {
    Receipt receipt = receipt(new SampleJob(LOOK, 48, 72, 300));

    assertThat(receipt.shots()).containsExactly(new Item(1, ONE_TASK), new Item(2, ONE_TASK),
        new Item(3, new Work(4.001, 0, new BigDecimal("0.04001"))));
    assertThat(receipt.transitions()).containsExactly(new Item(1, ONE_TASK), new Item(2, ONE_TASK));
    assertThat(receipt.other()).isEqualTo(NOTHING);
    assertThat(receipt.seconds()).isEqualTo(12.001);
    assertThat(receipt.cost()).isEqualByComparingTo("0.12001");
    assertThat(receipt.currency()).isEqualTo("EUR");
    assertThat(receipt.estimate()).isEqualByComparingTo("0.5");
  }

  @Test
  void whatWasFoundMadeCostsNothing() {
    var job = new SampleJob("method: none", 48, 72);
    Receipt receipt = receipt(job.finding(job.shot(1).edits().getFirst().key()));

    assertThat(receipt.shots()).containsExactly(new Item(1, NOTHING), new Item(2, ONE_TASK));
  }

  @Test
  void attemptsThatCameToNothingCostToo() {
    var job = new SampleJob(LOOK, 48, 72);
    TaskKey failed = job.shot(2).edits().getFirst().key();
    spend(job, failed, 1, 3);
    spend(job, failed, 2, 0.5);
    Receipt receipt = receipt(job.failing(failed, "it broke"));

    assertThat(receipt.shots().getLast()).isEqualTo(new Item(2, new Work(5.5, 3.5, new BigDecimal("0.055"))));
    assertThat(receipt.cost()).isEqualByComparingTo("0.095");
  }

  @Test
  void aWorkerThatCameBackFromTheDeadIsPaidOnce() {
    var job = new SampleJob("method: none", 48);
    spend(job, job.shot(1).edits().getFirst().key(), 1, 1.5);

    assertThat(receipt(job).shots()).containsExactly(new Item(1, ONE_TASK));
  }

  @Test
  void aTransitionThatWasGivenUpIsNotForgotten() {
    var job = new SampleJob(LOOK, 48, 72);
    TaskKey morph = job.transition(1).key();
    spend(job, morph, 1, 1);
    Receipt receipt = receipt(job.failing(morph, "it broke"));

    assertThat(receipt.transitions()).containsExactly(new Item(1, ONE_TASK));
    assertThat(receipt.other()).isEqualTo(new Work(1, 1, new BigDecimal("0.01")));
    assertThat(receipt.cost()).isEqualByComparingTo("0.07");
  }

  @Test
  void theContactSheetSaysTheSum() {
    assertThat(SheetWords.subtitle(new SampleJob("method: none", 48).report())).endsWith("  ·  0.02 EUR");
  }

  private static void spend(SampleJob job, TaskKey task, int attempt, double seconds) {
    job.store.spend(job.job.id(), task, SampleJob.CREATED.plusSeconds(attempt), new SpentMark(attempt, seconds));
  }

  private static Receipt receipt(SampleJob job) {
    return job.report().receipt().orElseThrow();
  }
}
