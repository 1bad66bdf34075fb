package org.answerprint.chaos;

import java.time.Instant;
import java.util.Optional;

/**
 * What a blow, or a repeated work item, may have cost: one more computation of each task that it hit.
 *
 * @param what it was
 * @param from when it was dealt
 * @param to when all was well again
 * @param task the only task that it can have hit, where it is known
 * @param held whether only tasks in the hands of workers can have been hit, and not those that waited
 */
record Wound(String what, Instant from, Instant to, Optional<String> task, boolean held) {

  boolean hits(Ledger.Entry job, Ledger.Task hit) {
    if (task.isPresent()) {
      return task.get().equals(hit.key()) && hit.made().filter(from::isAfter).isEmpty();
    }
    return held ? hit.overlaps(from, to) : !job.since().isAfter(to) && hit.made().filter(from::isAfter).isEmpty();
  }

  /** Whether it was dealt while the job was open; of what is not begun yet nothing else is known. */
  boolean hitsUnbegun(Ledger.Entry job) {
    return task.isEmpty() && !held && !job.since().isAfter(to);
  }
}
