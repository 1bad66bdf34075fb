package org.answerprint.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** Calls over HTTP/1.1, all by one client. */
public final class HttpCalls {

  private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HttpCalls() {}

  /** Asks for what is there. */
  public static Answer get(URI address) {
    return send(HttpRequest.newBuilder(address).build());
  }

  /** Posts a text in UTF-8; {@code Host} is sent only where {@code jdk.httpclient.allowRestrictedHeaders} names it. */
  public static Answer post(URI address, Map<String, String> headers, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::setHeader);
    return send(request.build());
  }

  /** Sends any request; an answer of any code is one. */
  public static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException("no answer to " + request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an answer was awaited", e);
    }
  }
}
