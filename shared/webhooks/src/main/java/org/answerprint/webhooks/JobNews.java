package org.answerprint.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectRef;
import org.answerprint.events.ObjectVersion;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobStore;

/** What others are told of a job that ended, from what lies in the buckets: the same words however often they are asked for. Stateless. */
public final class JobNews {

  private static final JsonMapper JSON = JsonMapper.builder().addModule(new Jdk8Module())
      .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS)).build();

  private JobNews() {}

  /**
   * The body.
   *
   * @param type of the event, that of the fact
   * @param timestamp when the job ended, in ISO 8601
   */
  private record Body(String type, String timestamp, Data data) {}

  /**
   * What happened.
   *
   * @param jobId the job's
   * @param state final, failed, cancelled or rejected
   * @param reason why there is no film
   * @param upload what was landed
   * @param output the film; its report and its contact sheet lie beside it
   * @param report beside it
   */
  private record Data(
      String jobId, String state, Optional<String> reason, ObjectVersion upload, Optional<ObjectRef> output, Optional<ObjectRef> report) {}

  /**
   * The event that a job ended.
   *
   * @throws RequestFault where there is no such job, or it goes on
   */
  public static Webhook ended(JobStore jobs, JobId id) {
    Job job = jobs.job(id).orElseThrow(() -> new RequestFault("there is no job " + id + "; see ./answerprint jobs"));
    End end = jobs.end(id).orElseThrow(() -> new RequestFault("job " + id + " has not ended; there is nothing to tell yet"));
    Fact.JobEnded fact = new Fact.JobEnded(id, end.state(), end.reason(), end.output());
    Data data = new Data(id.value(), end.state().word(), end.reason(), job.upload(), end.output(),
        end.output().filter(film -> end.state() == EndState.FINAL).map(film -> new ObjectRef(film.bucket(), job.reportKey())));
    try {
      return new Webhook("job-ended-" + id, JSON.writeValueAsString(new Body(fact.type(), end.at().toString(), data)));
    } catch (JsonProcessingException e) {
      throw new InternalFault("the news of job " + id + " cannot be written as JSON", e);
    }
  }
}
