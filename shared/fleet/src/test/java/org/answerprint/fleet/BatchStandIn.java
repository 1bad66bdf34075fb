package org.answerprint.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands in for AWS Batch, which runs nowhere but at AWS: keeps the requests as they came over the wire, and gives one answer that the
 * test chose, in the shape that Batch's manual has.
 */
final class BatchStandIn implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  /** A request as it came. */
  record Seen(String line, Map<String, String> headers, JsonNode body) {}

  final List<Seen> seen = new ArrayList<>();
  private final HttpServer server;
  private volatile int status = 200;
  private volatile String error = "";
  private volatile String body = "{\"jobArn\": \"arn:aws:batch:eu-west-1:1:job/j-1\", \"jobName\": \"n\", \"jobId\": \"j-1\"}";

  BatchStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void answers(int newStatus, String newError, String newBody) {
    status = newStatus;
    error = newError;
    body = newBody;
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    seen.add(new Seen(exchange.getRequestMethod() + " " + exchange.getRequestURI(), headers,
        JSON.readTree(exchange.getRequestBody().readAllBytes())));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (!error.isEmpty()) {
      exchange.getResponseHeaders().add("x-amzn-ErrorType", error);
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
