package org.answerprint.pix2video;

import static org.answerprint.pix2video.Fixture.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.answerprint.diffusion.Ddim;
import org.answerprint.diffusion.Guidance;
import org.answerprint.diffusion.GuidedUpdate;
import org.answerprint.diffusion.Noise;
import org.answerprint.diffusion.RowOrder;
import org.answerprint.faults.RequestFault;
import org.answerprint.runtime.Denoiser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold for any clip: six random frames of 8 by 8 latents with depth, three steps. */
class InvariantsTest {

  private static final int SIDE = 8;
  private static final int FRAME = 4 * SIDE * SIDE;
  private static final int FRAMES = 6;
  private static final int STEPS = 3;
  private static final GuidedUpdate OFF = new GuidedUpdate(0, 0);

  private static Fixture fixture;
  private static Denoiser denoiser;
  private static Denoiser plain;
  private static Texts texts;

  private final Clip clip = clip(FRAMES, 1);
  private final Settings settings = Settings.usual(Ddim.of(Fixture.SCHEDULE, STEPS)).with(new GuidedUpdate(0.2, 2))
      .in(3, Branches.TOGETHER);

  @BeforeAll
  static void open() {
    fixture = Fixture.open("sd-depth", SIDE);
    denoiser = fixture.ported();
    plain = fixture.plain();
    texts = fixture.texts();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({"1, BOTH", "2, BOTH", "3, RANDOM", "4, PREVIOUS", "1, ANCHOR", "6, RANDOM"})
  void framesInLockstepAreThoseEditedOneAfterTheOther(int chunk, References references) {
    Settings mode = settings.with(references, 3);
    float[] wanted = FrameByFrame.edit(denoiser, mode, clip, texts);
    assertThat(error(edited(mode.in(chunk, Branches.TOGETHER)), wanted)).isLessThan(1e-4);
    assertThat(error(edited(mode.in(chunk, Branches.APART)), wanted)).isLessThan(1e-4);
  }

  @ParameterizedTest
  @EnumSource(References.class)
  void oneStepIsTheSameInChunksOfAnySize(References references) {
    Settings mode = settings.with(references, 3);
    float[] whole = oneStep(mode.in(FRAMES, Branches.TOGETHER));
    for (int chunk : new int[] {1, 2, 3, 5, 100}) {
      assertThat(error(oneStep(mode.in(chunk, Branches.TOGETHER)), whole)).isLessThan(1e-5);
      assertThat(error(oneStep(mode.in(chunk, Branches.APART)), whole)).isLessThan(1e-5);
    }
  }

  @Test
  void withoutReferencesAndUpdateEveryFrameIsAnImageOfItsOwn() {
    Settings alone = settings.with(References.NONE, 0).with(OFF);
    float[] together = edited(alone);
    for (int frame = 0; frame < FRAMES; frame++) {
      Clip image = only(clip, frame);
      float[] wanted = new Pix2Video(plain, new SeededStart(1), alone)
          .resume(new Checkpoint(1, image.latents()), image, texts, Watch.NONE);
      assertThat(error(frame(together, frame), wanted)).isLessThan(1e-5);
    }
  }

  @Test
  void theFirstFrameKnowsNothingOfTheOthersAndOfTheMode() {
    float[] wanted = frame(edited(settings), 0);
    for (References references : References.values()) {
      assertThat(error(frame(edited(settings.with(references, 1).with(OFF)), 0), wanted)).isLessThan(1e-5);
    }
    Clip other = clip(FRAMES, 2);
    float[] latents = other.latents().clone();
    System.arraycopy(clip.latents(), 0, latents, 0, FRAME);
    float[] depth = other.depth().orElseThrow().clone();
    System.arraycopy(clip.depth().orElseThrow(), 0, depth, 0, FRAME / 4);
    assertThat(error(frame(edited(settings, Clip.withDepth(FRAMES, latents, depth)), 0), wanted)).isLessThan(1e-5);
  }

  @Test
  void theSecondFrameIsTheSameWithTheAnchorThePreviousFrameAndBoth() {
    float[] wanted = frame(edited(settings), 1);
    assertThat(error(frame(edited(settings.with(References.ANCHOR, 0)), 1), wanted)).isLessThan(1e-5);
    assertThat(error(frame(edited(settings.with(References.PREVIOUS, 0)), 1), wanted)).isLessThan(1e-5);
    assertThat(error(frame(edited(settings.with(References.NONE, 0)), 1), wanted)).isGreaterThan(1e-3);
  }

  @Test
  void framesThatAreEqualStayEqual() {
    Clip one = only(clip, 0);
    Clip still = Clip.withDepth(FRAMES, Frames.repeated(one.latents(), FRAMES), Frames.repeated(one.depth().orElseThrow(), FRAMES));
    float[] edited = edited(settings, still);
    float[] wanted = edited(settings.with(References.NONE, 0).with(OFF), one);
    for (int frame = 0; frame < FRAMES; frame++) {
      assertThat(error(frame(edited, frame), wanted)).isLessThan(1e-5);
    }
  }

  @Test
  void anUpdateWithoutStrengthIsNone() {
    assertThat(edited(settings.with(new GuidedUpdate(0, STEPS)))).containsExactly(edited(settings.with(OFF)));
    assertThat(error(edited(settings), edited(settings.with(OFF)))).isGreaterThan(1e-3);
  }

  @Test
  void theLastStepOfThePublicCodesTimestepsChangesNothing() {
    Settings compatible = Settings.usual(Ddim.of(Fixture.SCHEDULE.withStepsOffset(0), STEPS)).with(OFF);
    Recording run = new Recording();
    new Pix2Video(denoiser, new SeededStart(1), compatible).edit(clip, texts, run);
    assertThat(run.after(STEPS + 1)).containsExactly(run.after(STEPS));
  }

  @Test
  void branchesSeeNothingOfEachOther() {
    Settings mode = settings.with(OFF);
    float[] unconditional = oneStep(mode.with(new Guidance(0, RowOrder.UNCONDITIONAL_FIRST)));
    float[] conditional = oneStep(mode.with(new Guidance(1, RowOrder.UNCONDITIONAL_FIRST)));
    float[] wanted = new float[conditional.length];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = (float) (unconditional[i] + 7.5 * ((double) conditional[i] - unconditional[i]));
    }
    assertThat(error(oneStep(mode), wanted)).isLessThan(1e-5);
    assertThat(error(conditional, unconditional)).isGreaterThan(1e-3);
    assertThat(error(oneStep(mode.with(new Guidance(7.5, RowOrder.CONDITIONAL_FIRST))), wanted)).isLessThan(1e-5);
  }

  @Test
  void depthIsSeen() {
    Clip flat = Clip.withDepth(FRAMES, clip.latents(), new float[FRAMES * FRAME / 4]);
    assertThat(error(edited(settings, flat), edited(settings))).isGreaterThan(1e-3);
  }

  @Test
  void aRunGoesOnFromEveryCheckpointToTheSameBits() {
    Pix2Video method = Pix2Video.of(denoiser, settings);
    Recording run = new Recording();
    float[] whole = method.edit(clip, texts, run);
    assertThat(run.steps()).isEqualTo(2 * STEPS);
    assertThat(run.checkpoints()).extracting(Checkpoint::done).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(run.calls()).isEqualTo(2 * STEPS * 2);
    Pix2Video later = Pix2Video.of(fixture.ported(), settings);
    for (Checkpoint checkpoint : run.checkpoints()) {
      assertThat(later.resume(Checkpoint.of(checkpoint.toBytes()), clip, texts, Watch.NONE)).containsExactly(whole);
    }
  }

  @Test
  void aRunThatIsEndedBetweenTwoCallsGoesOnFromItsLastCheckpoint() {
    Pix2Video method = Pix2Video.of(denoiser, settings);
    Recording cancelled = Recording.ofCalls(2 * STEPS + 3);
    cancelled.stops(() -> method.edit(clip, texts, cancelled));
    assertThat(cancelled.checkpoints()).hasSize(STEPS + 1);
    float[] whole = method.edit(clip, texts, Watch.NONE);
    assertThat(method.resume(cancelled.checkpoints().getLast(), clip, texts, Watch.NONE)).containsExactly(whole);
  }

  @Test
  void aSeedTakesThePlaceOfTheInversion() {
    Pix2Video seeded = new Pix2Video(denoiser, new SeededStart(9), settings);
    Recording run = new Recording();
    seeded.edit(clip, texts, run);
    assertThat(frame(run.after(1), 2)).containsExactly(Noise.ofSeed(9).stream(2).draw(FRAME));
    assertThat(run.steps()).isEqualTo(STEPS + 1);
  }

  @Test
  void aStepThatGivesNoNumbersEndsTheRunWithoutACheckpoint() {
    float[] latents = clip.latents().clone();
    latents[FRAME + 3] = Float.NaN;
    Clip broken = Clip.withDepth(FRAMES, latents, clip.depth().orElseThrow());
    Recording run = new Recording();
    assertThatThrownBy(() -> Pix2Video.of(denoiser, settings).edit(broken, texts, run))
        .isInstanceOf(RequestFault.class).hasMessageContaining("step 1 of 6");
    assertThat(run.checkpoints()).isEmpty();
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertThatThrownBy(() -> Pix2Video.of(plain, settings))
        .isInstanceOf(RequestFault.class).hasMessageContaining("attention ports");
    assertThatThrownBy(() -> settings.in(0, Branches.APART)).isInstanceOf(RequestFault.class).hasMessageContaining("0 frames");
    assertThatThrownBy(() -> Clip.of(0, new float[4])).isInstanceOf(RequestFault.class);
    assertThatThrownBy(() -> Clip.withDepth(2, new float[16], new float[2])).isInstanceOf(RequestFault.class);
    refused(Clip.of(FRAMES, clip.latents()), "takes 5 channels");
    refused(Clip.withDepth(1, new float[FRAME * 4], new float[FRAME]), "latents of 8 by 8");
    Pix2Video method = Pix2Video.of(denoiser, settings);
    assertThatThrownBy(() -> method.resume(new Checkpoint(2 * STEPS + 1, clip.latents()), clip, texts, Watch.NONE))
        .isInstanceOf(RequestFault.class).hasMessageContaining("not of this run");
    assertThatThrownBy(() -> method.edit(clip, new Texts(texts.source(), texts.edit(), new float[4]), Watch.NONE))
        .isInstanceOf(RequestFault.class).hasMessageContaining("three texts");
  }

  private void refused(Clip wrong, String why) {
    Pix2Video method = Pix2Video.of(denoiser, settings);
    assertThatThrownBy(() -> method.edit(wrong, texts, Watch.NONE)).isInstanceOf(RequestFault.class).hasMessageContaining(why);
  }

  /** The edit alone, from the clip's latents as start noise. */
  private float[] edited(Settings mode) {
    return edited(mode, clip);
  }

  private static float[] edited(Settings mode, Clip clip) {
    return new Pix2Video(denoiser, new SeededStart(1), mode).resume(new Checkpoint(1, clip.latents()), clip, texts, Watch.NONE);
  }

  private float[] oneStep(Settings mode) {
    Recording one = Recording.ofOneStep();
    one.stops(() -> new Pix2Video(denoiser, new SeededStart(1), mode).resume(new Checkpoint(1, clip.latents()), clip, texts, one));
    return one.after(2);
  }

  private static Clip clip(int frames, long seed) {
    float[] depth = Noise.ofSeed(seed).stream(1).draw(frames * FRAME / 4);
    for (int i = 0; i < depth.length; i++) {
      depth[i] = (float) Math.tanh(depth[i]);
    }
    return Clip.withDepth(frames, Noise.ofSeed(seed).draw(frames * FRAME), depth);
  }

  private static Clip only(Clip clip, int frame) {
    return Clip.withDepth(1, frame(clip.latents(), frame),
        Arrays.copyOfRange(clip.depth().orElseThrow(), frame * FRAME / 4, (frame + 1) * FRAME / 4));
  }

  private static float[] frame(float[] latents, int frame) {
    return Arrays.copyOfRange(latents, frame * FRAME, (frame + 1) * FRAME);
  }
}
