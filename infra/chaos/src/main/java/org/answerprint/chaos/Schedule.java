package org.answerprint.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Which blows fall, all decided by one seed. */
final class Schedule {

  private static final List<Part> PARTS = List.of(Part.WORKER_1, Part.WORKER_2, Part.BOTH_WORKERS, Part.BOTH_WORKERS,
      Part.FUNCTIONS, Part.FUNCTIONS, Part.BROKER, Part.OBJECT_STORE);
  private static final int LONGEST_AFTER_MILLIS = 60;

  private final Random random;
  private final Duration longestFreeze;

  /** @param longestFreeze beyond the worker's lock, so that frozen work is given to others */
  Schedule(long seed, Duration longestFreeze) {
    this.random = new Random(seed);
    this.longestFreeze = longestFreeze;
  }

  /** So many blows; every part is hit before one is hit again, and one of them is a power cut. */
  List<Blow> blows(int count) {
    List<Blow> blows = new ArrayList<>();
    List<Part> left = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (left.isEmpty()) {
        left.addAll(PARTS);
        java.util.Collections.shuffle(left, random);
      }
      blows.add(blow(left.removeLast()));
    }
    if (count > 0) {
      blows.set(random.nextInt(count), killed(Part.EVERYTHING));
    }
    return blows;
  }

  private Blow blow(Part part) {
    return random.nextInt(3) > 0 ? killed(part)
        : new Blow(moment(), after(), part, Optional.of(Duration.ofMillis(500 + random.nextLong(longestFreeze.toMillis() - 500))));
  }

  private Blow killed(Part part) {
    return new Blow(moment(), after(), part, Optional.empty());
  }

  private Moment moment() {
    Moment.Kind[] kinds = Moment.Kind.values();
    return new Moment(kinds[random.nextInt(kinds.length)], 1 + random.nextInt(3));
  }

  /** Often at once: what follows a write is a matter of milliseconds. */
  private Duration after() {
    return Duration.ofMillis(random.nextInt(2) * (long) random.nextInt(LONGEST_AFTER_MILLIS));
  }
}
