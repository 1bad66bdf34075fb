package org.answerprint.corpus;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bait that notices a bite: a pipe in the file system, whose other end wakes when anybody opens it, and a port that
 * counts connections. Thread-safe.
 */
public final class Trap implements AutoCloseable {

  private final Path pipe;
  private final ServerSocket port;
  private final CountDownLatch opened = new CountDownLatch(1);
  private final AtomicInteger connections = new AtomicInteger();

  private Trap(Path pipe, ServerSocket port) {
    this.pipe = pipe;
    this.port = port;
    Thread.ofPlatform().daemon().name("bait-file").start(this::waitForReader);
    Thread.ofPlatform().daemon().name("bait-port").start(this::countConnections);
  }

  /** Lays a trap in an empty folder. */
  public static Trap in(Path folder) throws IOException, InterruptedException {
    Path pipe = folder.resolve("neighbour.mp4");
    if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0) {
      throw new IOException("mkfifo " + pipe + " failed");
    }
    return new Trap(pipe, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  /** What specimens are to point at. */
  public Bait bait() {
    return new Bait(pipe, "http://127.0.0.1:" + port.getLocalPort() + "/bait.ts");
  }

  private void waitForReader() {
    try {
      FileOutputStream end = new FileOutputStream(pipe.toFile());
      opened.countDown();
      end.close();
    } catch (IOException e) {
      // the trap was taken away
    }
  }

  private void countConnections() {
    try {
      for (;;) {
        Socket bite = port.accept();
        connections.incrementAndGet();
        bite.close();
      }
    } catch (IOException e) {
      // closed
    }
  }

  /** Whether the file was opened by anybody so far. */
  public boolean wasOpened() {
    return opened.getCount() == 0;
  }

  /** Connections to the port so far. */
  public int connections() {
    return connections.get();
  }

  /** Bites, to prove that the trap would have noticed; returns when it has. */
  public void bite() throws IOException, InterruptedException {
    Files.readAllBytes(pipe);
    opened.await();
    try (Socket socket = new Socket(port.getInetAddress(), port.getLocalPort())) {
      socket.getInputStream().read();
    }
  }

  @Override
  public void close() {
    try {
      port.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
