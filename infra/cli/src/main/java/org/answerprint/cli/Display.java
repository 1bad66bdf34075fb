package org.answerprint.cli;

/** Shows how a job goes on. Called from one thread. */
interface Display extends AutoCloseable {

  /** Something worth a line of its own. */
  void note(String line);

  /** The job as it is now; asked for again and again. */
  void show(JobView view);

  /** Leaves the last picture standing. */
  @Override
  void close();
}
