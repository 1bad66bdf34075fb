package org.answerprint.webhooks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.answerprint.faults.TransientFault;

/**
 * Posts events to one address. The host's name is looked up once for each post, all that it stands for is checked, and the socket is
 * connected to what was checked; Host header, server name and certificate are the name's. So a name cannot mean one thing when it is
 * checked and another when it is used. Redirects are not followed, and of an answer nothing but its status is read. Thread-safe.
 */
public final class WebhookSender {

  /** From the look-up to the answer. */
  public static final Duration LONGEST = Duration.ofSeconds(15);

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
  private static final int MOST_HEAD_BYTES = 64 << 10;

  private final WebhookTarget target;
  private final Supplier<WebhookSecret> secret;
  private final Clock clock;
  private final Names names;
  private final SSLSocketFactory tls;
  private final Duration longest;

  /** Looks names up. */
  @FunctionalInterface
  interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /** @param secret asked for each post */
  public WebhookSender(WebhookTarget target, Supplier<WebhookSecret> secret, Clock clock) {
    this(target, secret, clock, InetAddress::getAllByName, (SSLSocketFactory) SSLSocketFactory.getDefault(), LONGEST);
  }

  WebhookSender(WebhookTarget target, Supplier<WebhookSecret> secret, Clock clock, Names names, SSLSocketFactory tls, Duration longest) {
    this.target = Objects.requireNonNull(target, "target");
    this.secret = Objects.requireNonNull(secret, "secret");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.names = names;
    this.tls = tls;
    this.longest = longest;
  }

  /**
   * Posts an event; returns when it was taken.
   *
   * @throws TransientFault where it was not, as far as we can tell: send it again
   * @throws org.answerprint.faults.RequestFault where the address is none that events are posted to
   */
  public void send(Webhook webhook) {
    Deadline deadline = new Deadline(System.nanoTime() + longest.toNanos());
    List<InetAddress> addresses = target.checked(lookUp());
    int status = post(addresses, webhook, deadline);
    if (status < 200 || status > 299) {
      throw new TransientFault("the webhook's host " + target.host() + " answered " + status
          + (status >= 300 && status < 400 ? ", and redirects are not followed; give the address that it points to" : " and took no event"));
    }
  }

  private InetAddress[] lookUp() {
    try {
      return names.of(target.host());
    } catch (UnknownHostException e) {
      throw new TransientFault("the webhook's host " + target.host() + " has no address", e);
    }
  }

  private int post(List<InetAddress> addresses, Webhook webhook, Deadline deadline) {
    IOException last = null;
    for (InetAddress address : addresses) {
      try (Socket socket = connected(address, deadline)) {
        socket.getOutputStream().write(request(webhook));
        socket.getOutputStream().flush();
        return status(socket, deadline);
      } catch (IOException e) {
        last = e;
      }
    }
    throw new TransientFault("the webhook's host " + target.host() + " took no event (" + last + ")", last);
  }

  private Socket connected(InetAddress address, Deadline deadline) throws IOException {
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(address, target.port()), Math.min((int) LONGEST_CONNECT.toMillis(), deadline.millis()));
      plain.setSoTimeout(deadline.millis());
      return target.overTls() ? secured(plain) : plain;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** The name goes into the handshake, and the certificate has to be the name's. */
  private Socket secured(Socket plain) throws IOException {
    SSLSocket socket = (SSLSocket) tls.createSocket(plain, target.host(), target.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private byte[] request(Webhook webhook) {
    long timestamp = clock.instant().getEpochSecond();
    byte[] body = webhook.bytes();
    String head = """
        POST %s HTTP/1.1
        Host: %s
        User-Agent: answerprint
        Content-Type: application/json
        Content-Length: %d
        Connection: close
        webhook-id: %s
        webhook-timestamp: %d
        webhook-signature: %s

        """.formatted(target.path(), target.url().getRawAuthority(), body.length, webhook.id(), timestamp,
        secret.get().signature(webhook, timestamp)).replace("\n", "\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    return request.toByteArray();
  }

  /** That of the first answer that is more than an interim one. */
  private static int status(Socket socket, Deadline deadline) throws IOException {
    InputStream in = socket.getInputStream();
    int[] left = {MOST_HEAD_BYTES};
    while (true) {
      int status = parsed(line(socket, in, left, deadline));
      if (status >= 200) {
        return status;
      }
      while (!line(socket, in, left, deadline).isEmpty()) {
        // the head of an interim answer says nothing to us
      }
    }
  }

  private static int parsed(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
      throw new IOException("no answer of HTTP");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private static String line(Socket socket, InputStream in, int[] left, Deadline deadline) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      socket.setSoTimeout(deadline.millis());
      int next = in.read();
      if (next < 0 || left[0]-- == 0) {
        throw new IOException(next < 0 ? "no answer" : "an answer without an end");
      }
      if (next == '\n') {
        return line.toString().replaceFirst("\r$", "");
      }
      line.append((char) next);
    }
  }

  private record Deadline(long nanos) {

    int millis() throws SocketTimeoutException {
      long left = Duration.ofNanos(nanos - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new SocketTimeoutException("no answer in time");
      }
      return (int) left;
    }
  }
}
