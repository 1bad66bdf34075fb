package org.answerprint.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** That the S3 server takes what is signed so is shown by all tests that run against it. */
class UnhashedBodiesTest {

  private final Map<String, String> headers = new ConcurrentHashMap<>();

  @Test
  void requestsToThisMachineAreSignedAndTheirBodiesAreNot() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (S3Client client = S3Clients.of(new StorageSettings(Optional.of(endpoint), "us-east-1",
        Optional.of(new StorageSettings.Credentials("key", "secret")), Buckets.prefixed("answerprint")))) {
      client.putObject(r -> r.bucket("bucket").key("a key"), RequestBody.fromString("body"));
    } finally {
      server.stop(0);
    }
    assertThat(headers).containsEntry("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    assertThat(headers.get("authorization")).startsWith("AWS4-HMAC-SHA256 Credential=key/");
  }

  @Test
  void bodiesToAnotherMachineAndThoseThatTlsProtectsAreLeftToTheSdk() {
    assertThat(UnhashedBodies.suit(URI.create("http://127.0.0.1:9300"))).isTrue();
    assertThat(UnhashedBodies.suit(URI.create("http://store.example:9300"))).isFalse();
    assertThat(UnhashedBodies.suit(URI.create("https://127.0.0.1:9300"))).isFalse();
    assertThat(UnhashedBodies.suit(URI.create("http://127.0.0.1"))).isFalse();
  }
}
