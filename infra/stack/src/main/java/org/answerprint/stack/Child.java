package org.answerprint.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The child's side of the protocol with its parent, described in the package's documentation. */
final class Child {
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(8);

  private Child() {}

  /** A service that runs until it is stopped. */
  interface Service {
    /** What the parent is told once the service can be used: the inside of a JSON object, without braces. */
    String ready();

    /** Ends the service in order; called once. */
    void stop() throws Exception;
  }

  /** Starts a service; may throw a {@link StartupFault}. */
  interface Starter {
    Service start() throws Exception;
  }

  /** Runs the service until standard input closes or the process is asked to end; does not return. */
  static void run(Starter starter) {
    PrintStream parent = System.out;
    System.setOut(System.err);
    try {
      Service service = starter.start();
      closeOnExit(service);
      long millis = ManagementFactory.getRuntimeMXBean().getUptime();
      parent.println("READY {" + service.ready() + ",\"readyMillis\":" + millis + "}");
      parent.flush();
      awaitEndOf(System.in);
      System.exit(0);
    } catch (StartupFault e) {
      end(2, e.getMessage());
    } catch (Throwable e) {
      e.printStackTrace(System.err);
      end(1, "The process failed to start: " + e + ".");
    }
  }

  /** Refuses with a {@link StartupFault} if something on this machine already listens on the port. */
  static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    } catch (IOException e) {
      throw new StartupFault(
          "Port " + port + " on 127.0.0.1 is in use; stop what listens there or choose another port.");
    }
  }

  private static void closeOnExit(Service service) {
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("close").unstarted(() -> {
      haltUnless(closed);
      try {
        service.stop();
      } catch (Exception e) {
        e.printStackTrace(System.err);
      } finally {
        closed.countDown();
      }
    }));
  }

  private static void haltUnless(CountDownLatch closed) {
    Thread.ofPlatform().name("close-limit").daemon().start(() -> {
      try {
        if (!closed.await(SHUTDOWN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
          System.err.println("The shutdown took longer than " + SHUTDOWN_LIMIT.toSeconds() + " s and was cut short.");
          Runtime.getRuntime().halt(3);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private static void awaitEndOf(InputStream in) {
    byte[] ignored = new byte[64];
    try {
      int read;
      do {
        read = in.read(ignored);
      } while (read >= 0);
    } catch (IOException e) {
      System.err.println("Standard input failed (" + e + "), which counts as closed.");
    }
  }

  private static void end(int code, String sentence) {
    System.err.println(sentence);
    System.err.flush();
    // halt, so that what a half-started server registered cannot keep the process alive
    Runtime.getRuntime().halt(code);
  }
}
