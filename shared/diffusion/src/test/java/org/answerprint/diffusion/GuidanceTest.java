package org.answerprint.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;

class GuidanceTest {

  private static final float[] UNCONDITIONAL = Noise.ofSeed(1).draw(10);
  private static final float[] CONDITIONAL = Noise.ofSeed(2).draw(10);

  @Test
  void oneIsTheConditionalBranchAndNoughtTheOther() {
    assertThat(guided(new Guidance(1, RowOrder.UNCONDITIONAL_FIRST))).containsExactly(CONDITIONAL);
    assertThat(guided(new Guidance(0, RowOrder.UNCONDITIONAL_FIRST))).containsExactly(UNCONDITIONAL);
    assertThat(new Guidance(1, RowOrder.UNCONDITIONAL_FIRST).needsUnconditional()).isFalse();
    assertThat(new Guidance(0, RowOrder.UNCONDITIONAL_FIRST).needsConditional()).isFalse();
  }

  @Test
  void theOrderOfRowsChangesNothingWhereItsFlagIsChangedToo() {
    assertThat(guided(new Guidance(7.5, RowOrder.CONDITIONAL_FIRST)))
        .containsExactly(guided(new Guidance(7.5, RowOrder.UNCONDITIONAL_FIRST)));
    float[] apart = new float[10];
    new Guidance(7.5, RowOrder.CONDITIONAL_FIRST).apply(UNCONDITIONAL, CONDITIONAL, apart);
    assertThat(apart).containsExactly(guided(new Guidance(7.5, RowOrder.CONDITIONAL_FIRST)));
  }

  @Test
  void goesBeyondTheConditionalBranch() {
    float[] target = new float[1];
    new Guidance(3, RowOrder.UNCONDITIONAL_FIRST).apply(new float[] {1, 2}, target);
    assertThat(target).containsExactly(4);
    assertThat(Guidance.bothBranches(new float[] {1, 2})).containsExactly(1, 2, 1, 2);
  }

  @Test
  void refusesWhatIsNoNumberAndRowsThatDoNotFit() {
    assertThatThrownBy(() -> new Guidance(Double.NaN, RowOrder.UNCONDITIONAL_FIRST)).isInstanceOf(RequestFault.class);
    Guidance guidance = new Guidance(2, RowOrder.UNCONDITIONAL_FIRST);
    assertThatThrownBy(() -> guidance.apply(new float[3], new float[2])).isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] guided(Guidance guidance) {
    float[] target = new float[10];
    guidance.apply(guidance.rows(UNCONDITIONAL, CONDITIONAL), target);
    return target;
  }
}
