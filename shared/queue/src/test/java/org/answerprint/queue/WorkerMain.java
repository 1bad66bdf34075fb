package org.answerprint.queue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;

/** A worker of its own process: takes an item and settles it whenever it is told to, and says so. */
final class WorkerMain {

  private WorkerMain() {}

  public static void main(String[] args) throws Exception {
    Place place = Place.find(args[0], args[1], args[2]);
    QueueOptions options = QueueOptions.named("child").withLock(Duration.ofMillis(Long.parseLong(args[3])));
    try (WorkQueue queue = place.open(options);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in))) {
      while ("take".equals(commands.readLine())) {
        Lease lease = queue.take(Duration.ofSeconds(30)).orElseThrow();
        System.out.println("TAKEN " + lease.item().key());
        if ("done".equals(commands.readLine())) {
          boolean held = lease.held();
          lease.done();
          System.out.println("SETTLED held=" + held);
        }
      }
    }
  }
}
