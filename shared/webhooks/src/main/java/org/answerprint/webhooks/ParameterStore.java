package org.answerprint.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.storage.StorageSettings;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
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

/**
 * One call of AWS's parameter store, {@code GetParameter}. A client of six megabytes for it would take longer to load than to use.
 * Thread-safe.
 */
final class ParameterStore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 64 << 10;

  private final URI endpoint;
  private final String region;
  private final AwsCredentialsProvider keys;

  ParameterStore(StorageSettings settings) {
    this(URI.create("https://ssm." + settings.region() + "." + Region.of(settings.region()).metadata().partition().dnsSuffix()),
        settings.region(), settings.keys());
  }

  ParameterStore(URI endpoint, String region, AwsCredentialsProvider keys) {
    this.endpoint = endpoint;
    this.region = region;
    this.keys = keys;
  }

  /**
   * The decrypted value of a parameter.
   *
   * @throws RequestFault where there is none, or it may not be read
   * @throws TransientFault where the store does not answer
   */
  String value(String name) {
    try (SdkHttpClient client = UrlConnectionHttpClient.builder().connectionTimeout(Duration.ofSeconds(5)).socketTimeout(Duration.ofSeconds(10)).build()) {
      SignedRequest signed = signed(name);
      HttpExecuteResponse response = client.prepareRequest(HttpExecuteRequest.builder().request(signed.request())
          .contentStreamProvider(signed.payload().orElseThrow()).build()).call();
      byte[] body = response.responseBody().orElseThrow(() -> new IOException("an answer without a body")).readNBytes(MOST_BYTES);
      return value(name, response.httpResponse().statusCode(), new String(body, StandardCharsets.UTF_8));
    } catch (IOException | SdkClientException e) {
      throw new TransientFault("the parameter store cannot be reached for the webhook's secret (" + e.getMessage() + ")", e);
    }
  }

  private SignedRequest signed(String name) throws JsonProcessingException {
    byte[] body = JSON.writeValueAsBytes(JSON.createObjectNode().put("Name", name).put("WithDecryption", true));
    SdkHttpRequest request = SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(endpoint).encodedPath("/")
        .putHeader("Content-Type", "application/x-amz-json-1.1").putHeader("X-Amz-Target", "AmazonSSM.GetParameter").build();
    return AwsV4HttpSigner.create().sign(sign -> sign.identity(keys.resolveCredentials()).request(request)
        .payload(ContentStreamProvider.fromByteArray(body))
        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ssm").putProperty(AwsV4HttpSigner.REGION_NAME, region));
  }

  private static String value(String name, int status, String body) throws IOException {
    if (status >= 500 || status == 429 || body.contains("ThrottlingException")) {
      throw new TransientFault("the parameter store answered " + status + " when it was asked for the webhook's secret");
    }
    JsonNode value = JSON.readTree(body).path("Parameter").path("Value");
    if (status != 200 || !value.isTextual()) {
      throw new RequestFault("the parameter " + name + " with the webhook's secret cannot be read (" + status
          + "); make it as a SecureString, and let this role read it");
    }
    return value.textValue();
  }
}
