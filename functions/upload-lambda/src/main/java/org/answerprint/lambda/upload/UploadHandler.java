package org.answerprint.lambda.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.quarkus.funqy.Funq;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.answerprint.binding.StageProducer;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.stage.Stage;
import org.answerprint.upload.UploadAnswer;
import org.answerprint.upload.UploadService;
import org.answerprint.uploads.UploadRules;
import org.eclipse.microprofile.config.Config;

/**
 * {@link UploadService} behind a function's own address. Who may call is checked before by AWS, which wants each request signed by
 * somebody with the right to.
 */
@Singleton
public class UploadHandler {

  private static final JsonMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();
  private static final int DONE = 200;
  private static final int WRONG = 400;
  private static final int UNWELL = 503;

  private final UploadService service;

  @Inject
  public UploadHandler(Stage stage, Config config) {
    this.service = new UploadService(stage.settings().storage(), UploadRules.of(StageProducer.variables(config)));
  }

  /**
   * What AWS makes an answer of HTTP of.
   *
   * @param statusCode of HTTP
   * @param headers of the answer
   * @param body JSON
   */
  public record HttpAnswer(int statusCode, Map<String, String> headers, String body) {}

  /** Answers one request. */
  @Funq("upload")
  public HttpAnswer asked(JsonNode call) {
    try {
      UploadAnswer answer = service.answer(wish(call));
      return answer(answer.url().isPresent() ? DONE : WRONG, answer);
    } catch (TransientFault unwell) {
      return answer(UNWELL, UploadAnswer.later(unwell.getMessage()));
    }
  }

  /** What is no JSON is no wish. */
  private static JsonNode wish(JsonNode call) {
    String body = call.path("body").asText();
    try {
      byte[] bytes = call.path("isBase64Encoded").asBoolean() ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
      return JSON.readTree(bytes);
    } catch (IOException | IllegalArgumentException e) {
      return MissingNode.getInstance();
    }
  }

  /** An address that lets somebody write is nothing to keep. */
  private static HttpAnswer answer(int status, UploadAnswer answer) {
    try {
      return new HttpAnswer(status, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"), JSON.writeValueAsString(answer));
    } catch (JsonProcessingException e) {
      throw new InternalFault("an answer cannot be written as JSON", e);
    }
  }

  @PreDestroy
  void close() {
    service.close();
  }
}
