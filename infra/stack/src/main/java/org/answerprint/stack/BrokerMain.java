package org.answerprint.stack;

/**
 * A Kafka broker and its controller in this process, on loopback only, without automatic topics.
 *
 * <p>Arguments: {@code --data FOLDER --port N --controller-port N [--lock-millis N] [--topic NAME:PARTITIONS]...
 * [--share-group NAME]...}. Records, offsets and share-group state outlive the process.
 */
public final class BrokerMain {
  private BrokerMain() {}

  /** Runs until standard input closes. */
  public static void main(String[] args) {
    Child.run(() -> {
      BrokerSettings settings = BrokerSettings.parse(args);
      Child.requireFree(settings.port());
      Child.requireFree(settings.controllerPort());
      return Broker.start(settings, DataFolder.take(settings.folder()));
    });
  }
}
