package org.answerprint.notify;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A real receiver of webhooks on loopback, and the variables under which it is told. */
public final class Receiver implements QuarkusTestResourceLifecycleManager {

  record Post(String id, String timestamp, String signature, String body) {}

  static final List<Post> POSTS = new CopyOnWriteArrayList<>();
  /** Jobs whose next post is refused. */
  static final List<String> REFUSED = new CopyOnWriteArrayList<>();

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var headers = exchange.getRequestHeaders();
      POSTS.add(new Post(headers.getFirst("webhook-id"), headers.getFirst("webhook-timestamp"), headers.getFirst("webhook-signature"), body));
      boolean refused = REFUSED.removeIf(body::contains);
      exchange.sendResponseHeaders(refused ? 503 : 204, -1);
      exchange.close();
    });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return Map.of("ANSWERPRINT_WEBHOOK_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/jobs",
        "ANSWERPRINT_WEBHOOK_SECRET", "a secret of twenty-four bytes", "ANSWERPRINT_WEBHOOK_LOCAL", "true");
  }

  static List<Post> of(String job) {
    return POSTS.stream().filter(post -> post.body().contains(job)).toList();
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
