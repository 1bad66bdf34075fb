package org.answerprint.chaos;

import java.util.List;

/** What of a local system a blow may hit. */
enum Part {
  WORKER_1("WorkerMain", "worker-1", List.of("worker-1")),
  WORKER_2("WorkerMain", "worker-2", List.of("worker-2")),
  BOTH_WORKERS("WorkerMain", "worker-", List.of("worker-1", "worker-2")),
  FUNCTIONS("quarkus-run.jar", "", List.of("the functions")),
  BROKER("BrokerMain", "", List.of("the broker")),
  OBJECT_STORE("ObjectStoreMain", "", List.of("the S3 server")),
  /** Every process at once, the supervisor included: a power cut. */
  EVERYTHING("", "", List.of());

  private final String command;
  private final String worker;
  private final List<String> names;

  Part(String command, String worker, List<String> names) {
    this.command = command;
    this.worker = worker;
    this.names = names;
  }

  /** What its processes' command lines contain. */
  String command() {
    return command;
  }

  /** What the name of the worker begins with, empty where it is none. */
  String worker() {
    return worker;
  }

  /** What {@code up} calls its processes. */
  List<String> names() {
    return names;
  }

  /** Whether only tasks in the hands of workers feel it. */
  boolean isWorker() {
    return !worker.isEmpty();
  }
}
