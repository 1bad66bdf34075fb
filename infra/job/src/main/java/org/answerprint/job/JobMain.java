package org.answerprint.job;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.answerprint.events.JobId;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.fleet.LongFilms;
import org.answerprint.methods.Monitor;
import org.answerprint.stage.GentleEnd;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;

/**
 * Does what a function would do for one job: {@code extract JOB} or {@code assemble JOB}. Exit codes: 0 it is done, or somebody else is
 * at it; 75 the world was unwell or the process was asked to end, start again; 2 the request or the environment is wrong; 1 we are.
 */
public final class JobMain {

  private static final int WRONG_REQUEST = 2;

  /** Less than the half minute that a task on Fargate is left. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  /** Held, since a logger's level is forgotten with it. */
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  private JobMain() {}

  public static void main(String[] args) {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%6$s%n");
    KAFKA.setLevel(Level.WARNING);
    GentleEnd end = new GentleEnd();
    int code = code(List.of(args), end);
    end.over();
    System.exit(code);
  }

  private static int code(List<String> args, GentleEnd end) {
    try {
      Task task = Task.of(args);
      try (Stage stage = new Stage(StageSettings.of(System.getenv()), "/answerprint/" + task.work().stage(), new SimpleMeterRegistry())) {
        new LongJob(stage, untilAsked(end)).run(task.work(), task.job());
      }
      return 0;
    } catch (RequestFault e) {
      System.err.println(e.getMessage());
      return WRONG_REQUEST;
    } catch (TransientFault e) {
      System.err.println(e.getMessage());
      return GentleEnd.AGAIN;
    }
  }

  /** Ends the work between two of its steps once the process is asked to end. */
  private static Monitor untilAsked(GentleEnd end) {
    AtomicBoolean asked = new AtomicBoolean();
    end.listen(PATIENCE, () -> asked.set(true), () -> { });
    return (done, total) -> {
      if (asked.get()) {
        throw new Monitor.Cancelled("the machine is being reclaimed");
      }
    };
  }

  private record Task(LongFilms.Work work, JobId job) {

    static Task of(List<String> args) {
      if (args.size() != 2) {
        throw new RequestFault("give the work and the job: extract JOB, or assemble JOB");
      }
      LongFilms.Work work = LongFilms.Work.of(args.getFirst())
          .orElseThrow(() -> new RequestFault("there is no work " + args.getFirst() + "; give extract or assemble"));
      try {
        return new Task(work, new JobId(args.get(1)));
      } catch (IllegalArgumentException e) {
        throw new RequestFault("'" + args.get(1) + "' is no job: " + e.getMessage(), e);
      }
    }
  }
}
