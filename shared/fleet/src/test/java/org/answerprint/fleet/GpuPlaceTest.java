package org.answerprint.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.answerprint.faults.TransientFault;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.testing.HandClock;
import org.junit.jupiter.api.Test;

class GpuPlaceTest {

  private static final GpuFleet FLEET = new GpuFleet("films-gpu", "films-worker", 2, Duration.ofSeconds(300), 0.25);
  private static final Backlog MUCH = new Backlog(1000, 100);

  private final HandClock clock = new HandClock();
  private final GpuSlots slots = new GpuSlots(new MemoryObjectStore(clock), "test-work", clock);
  private final HandedIn service = new HandedIn();
  private final GpuCall call = new GpuCall(FLEET, slots, service);

  @Test
  void aWorkerIsToldItsNameAndItsPlace() {
    assertThat(call.ask(new Backlog(1, 10))).isEqualTo(1);
    Submission job = service.jobs.getFirst();
    assertThat(job.queue()).isEqualTo("films-gpu");
    assertThat(job.definition()).isEqualTo("films-worker");
    assertThat(job.environment()).containsEntry("ANSWERPRINT_GPU_SLOT", "1").containsEntry("ANSWERPRINT_WORKER", job.name());
  }

  @Test
  void withoutWorkNobodyIsAskedFor() {
    assertThat(call.ask(new Backlog(0, 100))).isZero();
    assertThat(service.jobs).isEmpty();
  }

  @Test
  void whoWasAskedForIsNotAskedForAgain() {
    assertThat(call.ask(MUCH)).isEqualTo(2);
    assertThat(call.ask(MUCH)).isZero();
    clock.turn(GpuSlots.ASKED.minusSeconds(1));
    assertThat(call.ask(MUCH)).isZero();
  }

  @Test
  void whoNeverCameIsReplaced() {
    call.ask(MUCH);
    clock.turn(GpuSlots.ASKED.plusSeconds(1));
    assertThat(call.ask(MUCH)).isEqualTo(2);
    assertThat(service.jobs).extracting(Submission::name).doesNotHaveDuplicates();
  }

  @Test
  void slowMachinesAreWaitedForLonger() {
    GpuCall slow = new GpuCall(new GpuFleet("q", "j", 1, Duration.ofMinutes(10), 0.5), slots, service);
    slow.ask(MUCH);
    clock.turn(Duration.ofMinutes(39));
    assertThat(slow.ask(MUCH)).isZero();
    clock.turn(Duration.ofMinutes(2));
    assertThat(slow.ask(MUCH)).isEqualTo(1);
  }

  @Test
  void aCallThatFailedIsMadeAgainAfterAWhile() {
    service.before = Optional.of(new TransientFault("away"));
    assertThatThrownBy(() -> call.ask(MUCH)).isInstanceOf(TransientFault.class);
    service.before = Optional.empty();
    assertThat(call.ask(MUCH)).as("the other place is free").isEqualTo(1);
    clock.turn(GpuSlots.ASKING.plusSeconds(1));
    assertThat(call.ask(MUCH)).isEqualTo(1);
  }

  @Test
  void aWorkerHasItsPlaceForAsLongAsItSaysSo() {
    GpuPlace place = asked();
    for (int i = 0; i < 100; i++) {
      assertThat(place.keep()).isTrue();
      clock.turn(GpuPlace.RENEWAL);
      assertThat(call.ask(new Backlog(1, 10))).isZero();
    }
    clock.turn(GpuSlots.RUNNING);
    assertThat(call.ask(new Backlog(1, 10))).isEqualTo(1);
  }

  @Test
  void aWorkerThatComesTooLateOrThawsIsNotNeeded() {
    GpuPlace late = asked();
    clock.turn(GpuSlots.ASKED.plusSeconds(1));
    GpuPlace next = asked();
    assertThat(late.keep()).isFalse();
    assertThat(next.keep()).isTrue();
    assertThat(late.leave(false)).as("somebody else's place").isFalse();
    assertThat(next.keep()).isTrue();
  }

  @Test
  void aLateWorkerWhosePlaceNobodyHasIsWelcome() {
    GpuPlace late = asked();
    clock.turn(GpuSlots.ASKED.plusSeconds(1));
    assertThat(late.keep()).isTrue();
    assertThat(call.ask(new Backlog(1, 10))).isZero();
  }

  @Test
  void aPlaceThatWasLeftIsFreeAtOnce() {
    GpuPlace place = asked();
    place.keep();
    place.leave(false);
    assertThat(call.ask(new Backlog(1, 10))).isEqualTo(1);
  }

  @Test
  void aPlaceIsKeptForAWorkerThatWillBeStartedAgain() {
    GpuPlace place = asked();
    place.keep();
    place.leave(true);
    assertThat(call.ask(new Backlog(1, 10))).isZero();
    assertThat(place.keep()).isTrue();
  }

  /** The place of the worker that is asked for now. */
  private GpuPlace asked() {
    assertThat(call.ask(new Backlog(1, 10))).isEqualTo(1);
    Map<String, String> environment = service.jobs.getLast().environment();
    return new GpuPlace(slots, Integer.parseInt(environment.get("ANSWERPRINT_GPU_SLOT")), environment.get("ANSWERPRINT_WORKER"));
  }
}
