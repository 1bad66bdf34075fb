package org.answerprint.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.answerprint.faults.Fault;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * AWS Batch: its one call {@code SubmitJob}, signed. It is not repeated here, since Batch has no token by which it would know a job
 * again. Thread-safe.
 */
public final class BatchSubmitter implements JobSubmitter {

  private static final String SERVICE = "batch";
  private static final int LARGEST_ANSWER = 1 << 16;
  private static final JsonMapper JSON = new JsonMapper();

  private final URI endpoint;
  private final String region;
  private final AwsCredentialsProvider keys;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final SdkHttpClient http = UrlConnectionHttpClient.builder()
      .connectionTimeout(Duration.ofSeconds(5)).socketTimeout(Duration.ofSeconds(20)).build();

  /**
   * Connects when it is used.
   *
   * @param endpoint a server of one's own that speaks Batch's language, or empty for AWS
   * @param keys are asked for at each call, as those of a role change
   */
  public BatchSubmitter(Optional<URI> endpoint, String region, AwsCredentialsProvider keys) {
    this.endpoint = endpoint.orElseGet(() -> at(region));
    this.region = region;
    this.keys = keys;
  }

  /** Where AWS has it. */
  static URI at(String region) {
    return URI.create("https://" + ServiceMetadata.of(SERVICE).endpointFor(Region.of(region)));
  }

  @Override
  public String submit(Submission job) {
    try {
      HttpExecuteResponse answer = http.prepareRequest(signed(body(job))).call();
      return read(job, answer);
    } catch (IOException | SdkException e) {
      throw new TransientFault("the job " + job.name() + " could not be handed in at " + endpoint + " (" + e.getMessage()
          + "); check the way there and the keys", e);
    }
  }

  /** As Batch's SubmitJob has it. */
  private static byte[] body(Submission job) throws IOException {
    ObjectNode all = JSON.createObjectNode();
    all.put("jobName", job.name()).put("jobQueue", job.queue()).put("jobDefinition", job.definition());
    if (!job.parameters().isEmpty()) {
      job.parameters().forEach(all.putObject("parameters")::put);
    }
    if (!job.environment().isEmpty()) {
      ArrayNode variables = all.putObject("containerOverrides").putArray("environment");
      job.environment().forEach((name, value) -> variables.addObject().put("name", name).put("value", value));
    }
    return JSON.writeValueAsBytes(all);
  }

  private HttpExecuteRequest signed(byte[] body) {
    SdkHttpRequest request = SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(endpoint).encodedPath("/v1/submitjob")
        .putHeader("Content-Type", "application/json").putHeader("Content-Length", Integer.toString(body.length)).build();
    SignedRequest signed = signer.sign(r -> r.identity(keys.resolveCredentials()).request(request)
        .payload(ContentStreamProvider.fromByteArray(body))
        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE).putProperty(AwsV4HttpSigner.REGION_NAME, region));
    return HttpExecuteRequest.builder().request(signed.request()).contentStreamProvider(signed.payload().orElseThrow()).build();
  }

  private static String read(Submission job, HttpExecuteResponse answer) throws IOException {
    int status = answer.httpResponse().statusCode();
    byte[] text = answer.responseBody().isPresent() ? bytes(answer.responseBody().get()) : new byte[0];
    if (!answer.httpResponse().isSuccessful()) {
      throw fault(job, status, answer.httpResponse().firstMatchingHeader("x-amzn-ErrorType").orElse(""), text);
    }
    return parsed(text).map(json -> json.path("jobId").asText("")).filter(id -> !id.isEmpty())
        .orElseThrow(() -> new InternalFault("the batch service took the job " + job.name() + " and gave it no name"));
  }

  private static byte[] bytes(InputStream body) throws IOException {
    try (body) {
      return body.readNBytes(LARGEST_ANSWER);
    }
  }

  private static Fault fault(Submission job, int status, String type, byte[] text) {
    String said = status + " " + type.replaceAll("[:;].*", "") + " " + parsed(text)
        .map(json -> json.path("message").asText(json.path("Message").asText(""))).orElse("");
    String what = "the batch service did not take the job " + job.name() + " for queue " + job.queue() + " (" + said.strip() + ")";
    return switch (status) {
      case 400, 401, 403, 404 -> isThrottled(type) ? new TransientFault(what)
          : new RequestFault(what + "; check that the queue and the definition " + job.definition() + " exist, and the rights to use them");
      case 429 -> new TransientFault(what);
      default -> status >= 500 ? new TransientFault(what) : new InternalFault(what);
    };
  }

  private static boolean isThrottled(String type) {
    return type.startsWith("ThrottlingException") || type.startsWith("TooManyRequestsException");
  }

  private static Optional<JsonNode> parsed(byte[] text) {
    try {
      return Optional.of(JSON.readTree(new String(text, StandardCharsets.UTF_8)));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
