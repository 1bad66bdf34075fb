package org.answerprint.worker;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.answerprint.facts.MetricsDoor;
import org.answerprint.faults.Fault;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;

/** Runs one {@link Worker} until standard input closes or the process is asked to end. Exit code 2: the environment is wrong. */
public final class WorkerMain {

  private static final long PATIENCE_MILLIS = 15_000;

  /** Held, since a logger's level is forgotten with it. */
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  private WorkerMain() {}

  public static void main(String[] args) throws InterruptedException {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%6$s%n");
    KAFKA.setLevel(Level.WARNING);
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Stage stage = new Stage(StageSettings.of(System.getenv()), "/answerprint/worker", meters)) {
      Worker worker = new Worker(stage);
      Thread main = Thread.currentThread();
      Thread.ofPlatform().daemon().name("supervisor").start(WorkerMain::endWhenStandardInputCloses);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(worker, main)));
      try (MetricsDoor door = MetricsDoor.open(meters, port(), worker::trouble)) {
        System.out.println("READY {\"metricsPort\":" + door.port() + "}");
        System.out.flush();
        worker.run();
      }
    } catch (Fault e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static int port() {
    return Integer.parseInt(System.getenv().getOrDefault("ANSWERPRINT_METRICS_PORT", "0"));
  }

  private static void endWhenStandardInputCloses() {
    try (InputStream in = System.in) {
      while (in.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      System.getLogger(WorkerMain.class.getName()).log(System.Logger.Level.DEBUG, "standard input broke off", e);
    }
    // the hook stops the worker and waits for it, but not for a store that its parent took with it
    System.exit(0);
  }

  private static void stopAndWait(Worker worker, Thread main) {
    worker.stop();
    try {
      main.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
