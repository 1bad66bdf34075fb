package org.answerprint.ingest;

import java.util.List;
import org.answerprint.events.JobId;

/** What became of one object that landed. */
public sealed interface Ingested {

  /** There is a job for it, new or found. */
  record Accepted(JobId job) implements Ingested {}

  /** Its job ended before it began. */
  record Rejected(JobId job, String reason) implements Ingested {}

  /** A story that waits for these inputs. */
  record Waiting(List<String> missing) implements Ingested {}

  /** Nothing to edit: a look-up table, a folder, a recipe for later uploads, an object that is gone. */
  record Ignored(String why) implements Ingested {}
}
