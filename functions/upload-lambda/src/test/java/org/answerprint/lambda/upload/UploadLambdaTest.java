package org.answerprint.lambda.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.answerprint.testkit.LambdaCalls;
import org.answerprint.testkit.StackResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The door as a Lambda, driven through the event server that Quarkus puts in the place of AWS's. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class UploadLambdaTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ConfigProperty(name = "quarkus.lambda.mock-event-server.test-port")
  int port;

  @Test
  void aRequestOfTheFunctionsAddressIsAnsweredWithASignedUpload() throws IOException {
    JsonNode answer = call("{\"key\": \"lambda/a.mp4\", \"size\": 7}", false);

    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.at("/headers/Cache-Control").asText()).isEqualTo("no-store");
    JsonNode signed = JSON.readTree(answer.path("body").asText());
    assertThat(signed.path("status").asText()).isEqualTo("signed");
    assertThat(signed.path("url").asText()).contains("/answerprint-in/lambda/a.mp4?", "X-Amz-SignedHeaders=content-length%3Bhost%3Bif-none-match");
    assertThat(signed.at("/headers/content-length").asText()).isEqualTo("7");
  }

  @Test
  void aBodyInBase64IsReadToo() throws IOException {
    String body = Base64.getEncoder().encodeToString("{\"key\": \"lambda/a.mp4\", \"size\": 7}".getBytes(StandardCharsets.UTF_8));

    assertThat(call(body, true).path("statusCode").asInt()).isEqualTo(200);
  }

  @Test
  void whatIsWrongIsAnsweredInWords() throws IOException {
    for (String body : new String[] {"", "no json", "{\"key\": \"a/../b\", \"size\": 7}", "{\"key\": \"a.mp4\", \"size\": -1}"}) {
      JsonNode answer = call(body, false);
      assertThat(answer.path("statusCode").asInt()).as(body).isEqualTo(400);
      assertThat(JSON.readTree(answer.path("body").asText()).path("reason").asText()).isNotBlank();
    }
    assertThat(call("*", true).path("statusCode").asInt()).isEqualTo(400);
  }

  private JsonNode call(String body, boolean encoded) throws IOException {
    String event = JSON.writeValueAsString(JSON.createObjectNode().put("version", "2.0").put("rawPath", "/").put("body", body)
        .put("isBase64Encoded", encoded));
    return LambdaCalls.answer(port, event).ok().json();
  }
}
