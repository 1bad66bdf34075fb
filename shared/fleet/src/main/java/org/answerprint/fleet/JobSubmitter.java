package org.answerprint.fleet;

/** Where jobs for other machines are handed in. Thread-safe. */
public interface JobSubmitter extends AutoCloseable {

  /**
   * Hands a job in, once for each call.
   *
   * @return the service's name for it
   * @throws org.answerprint.faults.TransientFault where it is not known whether it was taken: the service is away or busy
   * @throws org.answerprint.faults.RequestFault where queue, definition or rights are missing
   * @throws org.answerprint.faults.InternalFault where the answer is none
   */
  String submit(Submission job);

  @Override
  void close();
}
