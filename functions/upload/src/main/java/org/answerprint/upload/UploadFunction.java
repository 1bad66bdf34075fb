package org.answerprint.upload;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.answerprint.binding.StageProducer;
import org.answerprint.stage.Stage;
import org.answerprint.uploads.UploadRules;
import org.eclipse.microprofile.config.Config;

/** {@link UploadService} behind Funqy. Who may ask is for the door to say: on one machine, whoever has its token. */
@Singleton
public class UploadFunction {

  /** The CloudEvents type of a wish to upload something. */
  public static final String TYPE = "org.answerprint.upload.wanted.v1";

  private final UploadService service;

  @Inject
  public UploadFunction(Stage stage, Config config) {
    this.service = new UploadService(stage.settings().storage(), UploadRules.of(StageProducer.variables(config)));
  }

  @PreDestroy
  void close() {
    service.close();
  }

  /** Signs one upload. */
  @Funq
  @CloudEventMapping(trigger = TYPE, responseSource = "/answerprint/upload", responseType = "org.answerprint.upload.answered.v1")
  public UploadAnswer upload(JsonNode wish) {
    return service.answer(wish);
  }
}
