package org.answerprint.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;

/**
 * Shows a plain process from outside, on loopback only: {@code GET /metrics} in the Prometheus text format, and
 * {@code GET /health}, 200 where all is well and 503 with the trouble where not.
 */
public final class MetricsDoor implements AutoCloseable {

  static {
    // read once by the JDK's server: a request that trickles, or a hundred that wait, end themselves
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "60");
    System.setProperty("jdk.httpserver.maxConnections", "64");
  }

  private record Answer(int status, String type, String text) {}

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private MetricsDoor(HttpServer server) {
    this.server = server;
  }

  /**
   * Opens the door.
   *
   * @param port 0 for any free one
   * @param trouble asked on each look at the health: one sentence, or nothing
   * @throws RequestFault when the port is in use
   */
  public static MetricsDoor open(PrometheusMeterRegistry meters, int port, Supplier<Optional<String>> trouble) {
    MetricsDoor door = new MetricsDoor(bind(port));
    door.serve("/metrics", () -> new Answer(200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape()));
    door.serve("/health", () -> health(trouble.get()));
    door.server.setExecutor(door.threads);
    door.server.start();
    return door;
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static HttpServer bind(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException taken) {
      throw new RequestFault("port " + port + " for metrics and health is in use; choose another one", taken);
    } catch (IOException trouble) {
      throw new TransientFault("port " + port + " for metrics and health cannot be opened", trouble);
    }
  }

  private static Answer health(Optional<String> trouble) {
    Map<String, String> fields = trouble
        .map(text -> Map.of("status", "down", "trouble", text))
        .orElse(Map.of("status", "up"));
    try {
      return new Answer(trouble.isEmpty() ? 200 : 503, "application/json", JSON.writeValueAsString(fields));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("text cannot be written as JSON", impossible);
    }
  }

  private void serve(String path, Supplier<Answer> content) {
    server.createContext(path, exchange -> {
      try (exchange) {
        send(exchange, answer(exchange, path, content));
      }
    });
  }

  private static Answer answer(HttpExchange exchange, String path, Supplier<Answer> content) {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      return new Answer(404, "text/plain", "There are /metrics and /health.\n");
    }
    if (exchange.getRequestHeaders().containsKey("Origin") || exchange.getRequestHeaders().containsKey("Sec-Fetch-Site")) {
      return new Answer(403, "text/plain", "Requests of web pages are not answered here.\n");
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      return new Answer(405, "text/plain", "Only GET is answered here.\n");
    }
    try {
      return content.get();
    } catch (RuntimeException failed) {
      return new Answer(500, "text/plain", path + " failed: " + failed.getMessage() + "\n");
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
