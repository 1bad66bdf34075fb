package org.answerprint.binding;

import java.util.List;

/**
 * What a function answers over HTTP. A wrong request is answered, not thrown, so that a sender that retries on errors
 * does not retry it for ever.
 *
 * @param status accepted, rejected, waiting, ignored, done, later, failed
 * @param jobs the jobs it is about
 * @param reason one sentence, or empty
 */
public record Answer(String status, List<String> jobs, String reason) {

  public Answer {
    jobs = List.copyOf(jobs);
  }

  public static Answer of(String status, String job) {
    return new Answer(status, List.of(job), "");
  }
}
