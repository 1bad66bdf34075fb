package org.answerprint.worker;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.answerprint.facts.FactLine;
import org.answerprint.facts.MetricsDoor;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.fleet.GpuPlace;
import org.answerprint.stage.GentleEnd;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;

/**
 * Runs one {@link Worker} until the process is asked to end or standard input closes; with {@code --until-idle}, until the queue has
 * been empty for {@code ANSWERPRINT_IDLE_SECONDS} at the latest. Exit codes: 0 nothing is left, or others see to it; 75 work was handed
 * back or is left, start again; 2 the environment is wrong; 1 we are.
 */
public final class WorkerMain {

  /** Less than the 90 s that a Spot machine's watcher leaves a container. */
  private static final Duration AFTER_A_SIGNAL = Duration.ofSeconds(75);

  /** A parent that is gone may have taken the store with it. */
  private static final Duration AFTER_THE_PARENT = Duration.ofSeconds(15);

  private static final int WRONG_REQUEST = 2;
  private static final String UNTIL_IDLE = "--until-idle";

  /** Held, since a logger's level is forgotten with it. */
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  private WorkerMain() {}

  public static void main(String[] args) throws InterruptedException {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%6$s%n");
    KAFKA.setLevel(Level.WARNING);
    GentleEnd end = new GentleEnd();
    int code = code(List.of(args), end);
    end.over();
    System.exit(code);
  }

  private static int code(List<String> args, GentleEnd end) throws InterruptedException {
    try {
      return run(args, end);
    } catch (RequestFault e) {
      System.err.println(e.getMessage());
      return WRONG_REQUEST;
    } catch (TransientFault e) {
      System.err.println(e.getMessage());
      return GentleEnd.AGAIN;
    }
  }

  private static int run(List<String> args, GentleEnd end) throws InterruptedException {
    boolean untilIdle = args.equals(List.of(UNTIL_IDLE));
    if (!untilIdle && !args.isEmpty()) {
      throw new RequestFault("a worker takes " + UNTIL_IDLE + " or nothing, and not " + String.join(" ", args));
    }
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Stage stage = new Stage(StageSettings.of(System.getenv()), "/answerprint/worker", meters)) {
      Optional<GpuPlace> place = stage.gpuPlace();
      if (place.isPresent() && !place.get().keep()) {
        stage.facts().say(FactLine.of("worker_not_needed", "").with("worker", stage.settings().worker()));
        return 0;
      }
      Worker worker = new Worker(stage);
      end.listen(AFTER_A_SIGNAL, worker::stop, () -> {
        worker.abandon();
        place.ifPresent(own -> own.leave(true));
      });
      Thread.ofPlatform().daemon().name("supervisor").start(() -> endWithStandardInput(end));
      Worker.Ended ended = work(worker, place, meters, untilIdle ? Optional.of(stage.settings().idle()) : Optional.empty());
      boolean again = untilIdle && ended == Worker.Ended.LEFT_WORK;
      boolean mine = place.map(own -> own.leave(again)).orElse(true);
      return again && mine ? GentleEnd.AGAIN : 0;
    }
  }

  private static Worker.Ended work(Worker worker, Optional<GpuPlace> place, PrometheusMeterRegistry meters, Optional<Duration> idle)
      throws InterruptedException {
    Optional<PlaceKeeper> keeper = place.map(own -> new PlaceKeeper(own, worker::stop));
    try (MetricsDoor door = MetricsDoor.open(meters, port(), worker::trouble)) {
      System.out.println("READY {\"metricsPort\":" + door.port() + "}");
      System.out.flush();
      return worker.run(idle);
    } finally {
      keeper.ifPresent(PlaceKeeper::close);
    }
  }

  private static void endWithStandardInput(GentleEnd end) {
    try (InputStream in = System.in) {
      while (in.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      System.getLogger(WorkerMain.class.getName()).log(System.Logger.Level.DEBUG, "standard input broke off", e);
    }
    end.begin(AFTER_THE_PARENT);
  }

  private static int port() {
    return Integer.parseInt(System.getenv().getOrDefault("ANSWERPRINT_METRICS_PORT", "0"));
  }
}
