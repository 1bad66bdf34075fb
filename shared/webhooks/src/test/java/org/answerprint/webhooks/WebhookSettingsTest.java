package org.answerprint.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.testing.HandClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class WebhookSettingsTest {

  private static final String URL = "https://hooks.example.com/x";
  private static final String SECRET = "a secret of twenty-four bytes";

  @Test
  void withoutAnAddressEventsGoNowhere() {
    assertThat(WebhookSettings.of(Map.of())).isEmpty();
    assertThat(WebhookSettings.of(Map.of("ANSWERPRINT_WEBHOOK_URL", "", "ANSWERPRINT_WEBHOOK_SECRET", SECRET))).isEmpty();
  }

  @Test
  void addressAndSecretAreRead() {
    WebhookSettings settings = WebhookSettings.of(Map.of("ANSWERPRINT_WEBHOOK_URL", URL, "ANSWERPRINT_WEBHOOK_SECRET", SECRET)).orElseThrow();

    assertThat(settings.target()).isEqualTo(new WebhookTarget(URI.create(URL), false));
    assertThat(settings.toString()).doesNotContain("twenty");
    assertThat(settings.secret().get()).hasToString("WebhookSecret");
  }

  @ParameterizedTest
  @CsvSource({"https://hooks.example.com/x, '', false, ANSWERPRINT_WEBHOOK_SECRET is not", "https://hooks.example.com/x, short, false, at least 24",
      "https://hooks.example.com/x, whsec_*, false, Base64", "http://127.0.0.1:8/x, a secret of twenty-four bytes, false, ANSWERPRINT_WEBHOOK_LOCAL",
      "https://hooks.example.com/x, a secret of twenty-four bytes, yes, true or false"})
  void mistakesAreNamed(String url, String secret, String local, String message) {
    assertThatThrownBy(() -> WebhookSettings.of(Map.of("ANSWERPRINT_WEBHOOK_URL", url, "ANSWERPRINT_WEBHOOK_SECRET", secret,
        "ANSWERPRINT_WEBHOOK_LOCAL", local))).isInstanceOf(RequestFault.class).hasMessageContaining(message);
  }

  @Test
  void theSecretOfAParameterIsReadWhenItIsNeededAndAgainAfterMinutes() {
    List<String> asked = new ArrayList<>();
    HandClock clock = new HandClock();
    SecretSource source = new SecretSource("/films/secret", name -> {
      asked.add(name);
      return SECRET + asked.size();
    }, clock);

    String first = source.get().signature(new Webhook("a", "{}"), 1);
    clock.turn(Duration.ofSeconds(299));
    assertThat(source.get().signature(new Webhook("a", "{}"), 1)).isEqualTo(first);
    clock.turn(Duration.ofSeconds(1));
    assertThat(source.get().signature(new Webhook("a", "{}"), 1)).isNotEqualTo(first);
    assertThat(asked).containsExactly("/films/secret", "/films/secret");
  }

  /** AWS cannot be run here: a server that answers as its manual says stands in for it. */
  @Test
  void aParameterIsAskedForByASignedCall() throws IOException {
    List<String> seen = new ArrayList<>();
    assertThat(parameter(200, "{\"Parameter\":{\"Name\":\"/films/secret\",\"Type\":\"SecureString\",\"Value\":\"the value\"}}", seen)).isEqualTo("the value");

    assertThat(seen).contains("{\"Name\":\"/films/secret\",\"WithDecryption\":true}", "AmazonSSM.GetParameter", "application/x-amz-json-1.1");
    assertThat(seen.getLast()).matches("AWS4-HMAC-SHA256 Credential=AK/[0-9]{8}/eu-west-1/ssm/aws4_request, SignedHeaders=[a-z0-9;-]*x-amz-target.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"__type\":\"ParameterNotFound\"}", "{\"__type\":\"AccessDeniedException\",\"Message\":\"no\"}"})
  void aParameterThatCannotBeReadIsNamed(String answer) {
    assertThatThrownBy(() -> parameter(400, answer, new ArrayList<>())).isInstanceOf(RequestFault.class).hasMessageContaining("/films/secret");
  }

  @Test
  void aParameterStoreThatIsUnwellIsAskedAgain() {
    assertThatThrownBy(() -> parameter(500, "{}", new ArrayList<>())).isInstanceOf(TransientFault.class);
    assertThatThrownBy(() -> parameter(400, "{\"__type\":\"ThrottlingException\"}", new ArrayList<>())).isInstanceOf(TransientFault.class);
  }

  private static String parameter(int status, String answer, List<String> seen) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext("/", exchange -> {
      seen.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      for (String header : List.of("X-Amz-Target", "Content-Type", "Authorization")) {
        seen.add(exchange.getRequestHeaders().getFirst(header));
      }
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    try {
      return new ParameterStore(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "eu-west-1",
          StaticCredentialsProvider.create(AwsBasicCredentials.create("AK", "SK"))).value("/films/secret");
    } finally {
      server.stop(0);
    }
  }
}
