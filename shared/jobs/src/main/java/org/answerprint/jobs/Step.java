package org.answerprint.jobs;

import org.answerprint.events.EndState;

/** What is to be done next for a job. */
public sealed interface Step {

  /** Find the shots. */
  record Extract() implements Step {}

  /** Edit one piece of a shot. */
  record Edit(EditTask task) implements Step {}

  /** Make the frames across one cut. */
  record Bridge(TransitionTask task) implements Step {}

  /** Join everything. */
  record Assemble(Assembly assembly) implements Step {}

  /** Stop here. */
  record Finish(EndState state, String reason) implements Step {}

  /** The end is written; what may be left is to tell it and to remove the open mark. */
  record Close() implements Step {}
}
