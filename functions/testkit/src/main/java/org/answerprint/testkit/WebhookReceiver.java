package org.answerprint.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A real receiver of webhooks on loopback for a Quarkus test, and the variables under which it is told. Tests ask it over HTTP for what it
 * took, since they live in another class loader.
 */
public final class WebhookReceiver implements QuarkusTestResourceLifecycleManager {

  private static final String URL = "ANSWERPRINT_WEBHOOK_URL";

  private final List<String> posts = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/in", this::take);
    server.createContext("/posts", exchange -> answer(exchange, 200, String.join("\n", posts)));
    server.createContext("/refuse", exchange -> {
      refused.add(exchange.getRequestURI().getPath().substring("/refuse/".length()));
      answer(exchange, 200, "");
    });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return Map.of(URL, "http://127.0.0.1:" + server.getAddress().getPort() + "/in",
        "ANSWERPRINT_WEBHOOK_SECRET", "a secret of twenty-four bytes", "ANSWERPRINT_WEBHOOK_LOCAL", "true");
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var headers = exchange.getRequestHeaders();
    posts.add(headers.getFirst("webhook-id") + " " + headers.getFirst("webhook-signature") + " " + body);
    answer(exchange, refused.removeIf(body::contains) ? 503 : 200, "");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Every post about something: id, signature and body with blanks between them. */
  public static List<String> posts(String webhookUrl, String about) {
    return get(webhookUrl, "/posts").lines().filter(post -> post.contains(about)).toList();
  }

  /** Refuses the next post about something. */
  public static void refuseOnce(String webhookUrl, String about) {
    get(webhookUrl, "/refuse/" + about);
  }

  private static String get(String webhookUrl, String path) {
    return HttpCalls.get(URI.create(webhookUrl).resolve(path)).ok().body();
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
