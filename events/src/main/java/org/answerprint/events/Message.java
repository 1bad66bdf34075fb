package org.answerprint.events;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Anything of ours that travels: a fact or a work item. It may arrive twice, late or out of order.
 *
 * <p>Fields are added, never repurposed: a reader skips fields it does not know.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface Message permits Fact, WorkItem {

  /** The job this is about. */
  JobId jobId();

  /** The CloudEvents type, which ends in the version of the schema, such as {@code .v1}. */
  String type();

  /** The topic it travels on. */
  Channel channel();

  /** The same for the same content, for ever, so that a repetition can be recognised. */
  String id();

  /** Messages with the same partition key keep their order. */
  String partitionKey();

  /** What the message is about: the job's id. */
  default String subject() {
    return jobId().value();
  }
}
