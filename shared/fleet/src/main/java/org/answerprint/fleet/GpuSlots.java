package org.answerprint.fleet;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.answerprint.jobs.Json;
import org.answerprint.storage.ObjectInfo;
import org.answerprint.storage.ObjectStore;

/**
 * The places for workers, one object each: who wants one replaces what it has read, so that of two only one gets it. A place whose
 * mark has run out is free, and nothing has to be cleared. Thread-safe.
 */
public final class GpuSlots {

  /** Whoever asks does so within this time, or died. */
  static final Duration ASKING = Duration.ofMinutes(3);

  /** How long a worker that was asked for is waited for, at least: a machine, an image, models. */
  static final Duration ASKED = Duration.ofMinutes(20);

  /** A worker renews its mark four times as often. */
  static final Duration RUNNING = Duration.ofMinutes(2);

  private static final String FOLDER = "gpu/slots/";
  private static final int LARGEST = 4096;

  private final ObjectStore store;
  private final String bucket;
  private final Clock clock;

  public GpuSlots(ObjectStore store, String bucket, Clock clock) {
    this.store = store;
    this.bucket = bucket;
    this.clock = clock;
  }

  /** A mark with the tag by which it can be replaced. */
  record Read(Optional<String> tag, Optional<SlotMark> mark) {

    /** Whose place it is at that time, if anybody's. */
    Optional<String> holder(Instant now) {
      return mark.filter(each -> each.holdsAt(now)).map(SlotMark::worker);
    }
  }

  Read read(int slot) {
    Optional<ObjectInfo> head = store.head(bucket, key(slot));
    Optional<SlotMark> mark = head.flatMap(h -> store.get(bucket, key(slot), LARGEST)).map(bytes -> Json.read(bytes, SlotMark.class));
    return new Read(head.map(ObjectInfo::tag), mark);
  }

  /** Replaces what was read; false where somebody else was faster. */
  boolean replace(int slot, Read before, String worker, SlotMark.State state, Duration holds) {
    SlotMark mark = new SlotMark(worker, state, clock.instant().plus(holds));
    return store.replace(bucket, key(slot), before.tag(), Json.pretty(mark).getBytes(StandardCharsets.UTF_8), "application/json");
  }

  Instant now() {
    return clock.instant();
  }

  private static String key(int slot) {
    return FOLDER + slot;
  }
}
