package org.answerprint.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.answerprint.faults.Fault;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The requests are real and the service is a stand-in, since AWS Batch runs at AWS only. */
class BatchSubmitterTest {

  private static final AwsCredentialsProvider KEYS = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret"));
  private static final Submission JOB = Submission.of("extract-a1-1", "films-long", "films-extract");

  private BatchStandIn batch;
  private BatchSubmitter submitter;

  @BeforeEach
  void start() throws IOException {
    batch = new BatchStandIn();
    submitter = new BatchSubmitter(Optional.of(batch.endpoint()), "eu-west-1", KEYS);
  }

  @AfterEach
  void stop() {
    submitter.close();
    batch.close();
  }

  @Test
  void aJobIsHandedInAsSubmitJobHasIt() throws IOException {
    Submission job = JOB.withParameters(Map.of("job", "a1")).withEnvironment(Map.of("B", "2", "A", "1 and \"more\""));
    assertThat(submitter.submit(job)).isEqualTo("j-1");

    BatchStandIn.Seen seen = batch.seen.getFirst();
    assertThat(seen.line()).isEqualTo("POST /v1/submitjob");
    assertThat(seen.body()).isEqualTo(new JsonMapper().readTree("""
        {"jobName": "extract-a1-1", "jobQueue": "films-long", "jobDefinition": "films-extract", "parameters": {"job": "a1"},
         "containerOverrides": {"environment": [{"name": "A", "value": "1 and \\"more\\""}, {"name": "B", "value": "2"}]}}"""));
    assertThat(seen.headers()).containsEntry("Content-Type", "application/json");
  }

  @Test
  void whatIsNotGivenIsNotSaid() throws IOException {
    submitter.submit(JOB);
    assertThat(batch.seen.getFirst().body()).isEqualTo(new JsonMapper().readTree(
        "{\"jobName\": \"extract-a1-1\", \"jobQueue\": \"films-long\", \"jobDefinition\": \"films-extract\"}"));
  }

  @Test
  void everyRequestIsSignedForTheServiceAndTheRegion() {
    submitter.submit(JOB);
    assertThat(batch.seen.getFirst().headers().get("Authorization"))
        .matches("AWS4-HMAC-SHA256 Credential=AKID/[0-9]{8}/eu-west-1/batch/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, "
            + "Signature=[0-9a-f]{64}");
  }

  @Test
  void aRolesKeysCarryTheirToken() {
    try (BatchSubmitter role = new BatchSubmitter(Optional.of(batch.endpoint()), "eu-west-1",
        StaticCredentialsProvider.create(AwsSessionCredentials.create("AKID", "secret", "token")))) {
      role.submit(JOB);
    }
    assertThat(batch.seen.getFirst().headers()).containsEntry("X-Amz-Security-Token", "token");
  }

  @ParameterizedTest
  @CsvSource({
    "400, ClientException, JobQueue films-long not found, org.answerprint.faults.RequestFault",
    "403, AccessDeniedException, not authorized, org.answerprint.faults.RequestFault",
    "403, 'ExpiredTokenException:', expired, org.answerprint.faults.RequestFault",
    "404, '', nothing here, org.answerprint.faults.RequestFault",
    "400, ThrottlingException, slow down, org.answerprint.faults.TransientFault",
    "429, TooManyRequestsException, slow down, org.answerprint.faults.TransientFault",
    "500, ServerException, broke, org.answerprint.faults.TransientFault",
    "503, '', away, org.answerprint.faults.TransientFault",
    "418, '', a teapot, org.answerprint.faults.InternalFault",
  })
  void aRefusalIsOneOfTheThreeFaultsAndSaysWhatTheServiceSaid(int status, String error, String message, Class<? extends Fault> kind) {
    batch.answers(status, error, "{\"message\": \"" + message + "\"}");
    assertThatThrownBy(() -> submitter.submit(JOB)).isInstanceOf(kind).hasMessageContainingAll("extract-a1-1", "films-long", message);
    assertThat(batch.seen).as("handed in once").hasSize(1);
  }

  @Test
  void aMissingQueueIsSaidSoThatItCanBeCorrected() {
    batch.answers(400, "ClientException", "{\"message\": \"no such queue\"}");
    assertThatThrownBy(() -> submitter.submit(JOB)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("(400 ClientException no such queue); check that the queue and the definition films-extract exist");
  }

  @ParameterizedTest
  @CsvSource({"''", "{}", "'<html>'", "'{\"jobId\": \"\"}'"})
  void anAnswerWithoutANameIsOurFault(String body) {
    batch.answers(200, "", body);
    assertThatThrownBy(() -> submitter.submit(JOB)).isInstanceOf(InternalFault.class).hasMessageContaining("gave it no name");
  }

  @Test
  void aServiceThatIsAwayIsTroubleOfTheWorld() {
    batch.close();
    assertThatThrownBy(() -> submitter.submit(JOB)).isInstanceOf(TransientFault.class).hasMessageContaining("extract-a1-1");
  }

  @Test
  void aNameThatTheServiceWouldRefuseIsRefusedHere() {
    assertThatThrownBy(() -> Submission.of("a b", "q", "d")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Submission.of("a".repeat(129), "q", "d")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutAnEndpointItIsTheRegionsOwn() {
    assertThat(BatchSubmitter.at("eu-central-1")).isEqualTo(URI.create("https://batch.eu-central-1.amazonaws.com"));
    assertThat(BatchSubmitter.at("cn-north-1")).isEqualTo(URI.create("https://batch.cn-north-1.amazonaws.com.cn"));
  }
}
