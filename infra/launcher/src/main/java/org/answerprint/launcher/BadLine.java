package org.answerprint.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line between a real client and a real server on loopback that tests can make bad: slow, cut short, reset, silent.
 * Every change holds for connections that are open as well as for later ones. Thread-safe.
 */
public final class BadLine implements AutoCloseable {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int CHUNK_BYTES = 16 * 1024;

  /** What the line does to what passes. */
  private sealed interface Mood {

    /** Everything passes. */
    record Good() implements Mood {}

    /** Answers end after so many bytes of a connection, in order or with a reset. */
    record Cut(long bytes, boolean reset) implements Mood {}

    /** Nothing passes and nothing is refused: a cable that was pulled. */
    record Silent() implements Mood {}

    /** Connections are reset as they come. */
    record Down() implements Mood {}

    /** Answers come in small pieces with a pause after each. */
    record Trickle(int bytes, Duration pause) implements Mood {}

    /** The server is not asked; every connection hears this and is closed. */
    record Says(byte[] answer) implements Mood {}
  }

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Mood mood = new Mood.Good();

  private BadLine(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** A good line to a port on loopback, with a port of its own that the system chooses. */
  public static BadLine to(int port) {
    try {
      BadLine line = new BadLine(new ServerSocket(0, 64, LOOPBACK), port);
      Thread.ofPlatform().daemon().name("bad-line").start(line::accept);
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients connect. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections were made so far. */
  public int connections() {
    return connections.get();
  }

  /** Everything passes again; what was held back on open connections is lost with them. */
  public void mend() {
    Mood before = mood;
    mood = new Mood.Good();
    if (!(before instanceof Mood.Good)) {
      open.forEach(BadLine::reset);
    }
  }

  /** Each connection ends in order after so many bytes of answers, as if the server had said all. */
  public void cutAfter(long bytes) {
    mood = new Mood.Cut(bytes, false);
  }

  /** Each connection is reset after so many bytes of answers. */
  public void resetAfter(long bytes) {
    mood = new Mood.Cut(bytes, true);
  }

  /** Nothing passes in either direction, and nothing is refused. */
  public void swallow() {
    mood = new Mood.Silent();
  }

  /** Connections are reset, those that are open and those that come. */
  public void drop() {
    mood = new Mood.Down();
    open.forEach(BadLine::reset);
  }

  /** Answers come in pieces of so many bytes with this pause after each. */
  public void trickle(int bytes, Duration pause) {
    mood = new Mood.Trickle(bytes, pause);
  }

  /** Open connections are reset; every new one hears this answer to its first bytes, whatever it asks. */
  public void answer(byte[] words) {
    mood = new Mood.Says(words.clone());
    open.forEach(BadLine::reset);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(BadLine::reset);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connections.incrementAndGet();
        open.add(client);
        Thread.startVirtualThread(() -> serve(client));
      } catch (IOException e) {
        // the listener was closed, or a client gave up before it was taken
      }
    }
  }

  private void serve(Socket client) {
    switch (mood) {
      case Mood.Down() -> end(client, true);
      case Mood.Says(byte[] answer) -> say(client, answer);
      default -> connect(client);
    }
  }

  private void say(Socket client, byte[] answer) {
    try {
      byte[] ignored = new byte[CHUNK_BYTES];
      if (client.getInputStream().read(ignored) >= 0) {
        client.getOutputStream().write(answer);
        client.shutdownOutput();
        while (client.getInputStream().read(ignored) >= 0) {
          // a close with bytes unread would be a reset, and the answer lost
          continue;
        }
      }
    } catch (IOException e) {
      // the client has gone
    } finally {
      end(client, false);
    }
  }

  private void connect(Socket client) {
    Socket server;
    try {
      server = new Socket(LOOPBACK, target);
    } catch (IOException e) {
      end(client, true);
      return;
    }
    open.add(server);
    Thread.startVirtualThread(() -> pass(client, server, false));
    pass(server, client, true);
  }

  private void pass(Socket from, Socket to, boolean answers) {
    boolean reset = false;
    try {
      reset = copy(from.getInputStream(), to.getOutputStream(), answers);
      if (!answers) {
        to.shutdownOutput();
        return;
      }
    } catch (IOException | InterruptedException e) {
      reset = true;
    }
    end(to, reset);
    end(from, true);
  }

  /** True where the line was cut with a reset. */
  private boolean copy(InputStream in, OutputStream out, boolean answers) throws IOException, InterruptedException {
    byte[] chunk = new byte[CHUNK_BYTES];
    long passed = 0;
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      long end = passed + n;
      switch (mood) {
        case Mood.Cut cut when answers && end >= cut.bytes() -> {
          out.write(chunk, 0, (int) Math.max(0, cut.bytes() - passed));
          out.flush();
          return cut.reset();
        }
        case Mood.Trickle slow when answers -> trickle(out, chunk, n, slow);
        case Mood.Silent() -> hold();
        default -> out.write(chunk, 0, n);
      }
      passed = end;
    }
    return false;
  }

  private void trickle(OutputStream out, byte[] chunk, int length, Mood.Trickle slow)
      throws IOException, InterruptedException {
    for (int at = 0; at < length; at += slow.bytes()) {
      out.write(chunk, at, Math.min(slow.bytes(), length - at));
      out.flush();
      if (mood instanceof Mood.Trickle) {
        Thread.sleep(slow.pause());
      }
    }
  }

  /** A connection that met silence stays silent until the line is mended, which resets it. */
  private void hold() throws InterruptedException, IOException {
    while (mood instanceof Mood.Silent && !listener.isClosed()) {
      Thread.sleep(20);
    }
    throw new IOException("what was said into silence is lost");
  }

  private void end(Socket socket, boolean reset) {
    open.remove(socket);
    if (reset) {
      reset(socket);
    } else {
      close(socket);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // it is closed already
    }
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // nothing more can be done about it
    }
  }
}
