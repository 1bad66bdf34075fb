package org.answerprint.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.answerprint.faults.RequestFault;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Where the buckets are.
 *
 * @param endpoint an S3 server of one's own, or empty for AWS
 * @param region the region that requests are signed for
 * @param credentials access and secret key, or empty for the AWS default chain
 * @param buckets the three buckets
 * @param patience how long a store that does not answer, or not well, is asked again before that is a fault
 */
public record StorageSettings(
    Optional<URI> endpoint, String region, Optional<Credentials> credentials, Buckets buckets, Duration patience) {

  /** Longer than the minute that a store may be away. */
  public static final Duration USUAL_PATIENCE = Duration.ofSeconds(150);

  /** Settings with {@link #USUAL_PATIENCE}. */
  public StorageSettings(Optional<URI> endpoint, String region, Optional<Credentials> credentials, Buckets buckets) {
    this(endpoint, region, credentials, buckets, USUAL_PATIENCE);
  }

  /** An access key and its secret; {@link #toString()} keeps the secret. */
  public record Credentials(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return "Credentials[" + accessKey + "]";
    }
  }

  public StorageSettings {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(buckets, "buckets");
    Objects.requireNonNull(patience, "patience");
  }

  /** What calls of AWS's services, or of one's own, are signed with: these keys, or those of AWS's usual places, looked up when used. */
  public AwsCredentialsProvider keys() {
    return credentials.<AwsCredentialsProvider>map(own -> StaticCredentialsProvider.create(
        AwsBasicCredentials.create(own.accessKey(), own.secretKey()))).orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  /** A copy for somebody who waits less, or more. */
  public StorageSettings withPatience(Duration longest) {
    return new StorageSettings(endpoint, region, credentials, buckets, longest);
  }

  private static final String PATIENCE = "ANSWERPRINT_STORE_PATIENCE_SECONDS";
  private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9-]{0,57}");

  /**
   * Everything wrong with what {@link #of} would read, or an empty list; secrets are not repeated.
   */
  public static List<String> problems(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    Optional.ofNullable(environment.get("ANSWERPRINT_S3_ENDPOINT")).filter(text -> !isEndpoint(text))
        .ifPresent(text -> problems.add("ANSWERPRINT_S3_ENDPOINT is '" + text + "'; give a URL such as http://127.0.0.1:9000"));
    Optional.ofNullable(environment.get("ANSWERPRINT_PREFIX")).filter(text -> !PREFIX.matcher(text).matches())
        .ifPresent(text -> problems.add("ANSWERPRINT_PREFIX is '" + text + "'; give 1 to 58 of a-z, 0-9 and hyphens"));
    Optional.ofNullable(environment.get(PATIENCE)).filter(text -> !text.matches("[0-9]{1,6}"))
        .ifPresent(text -> problems.add(PATIENCE + " is '" + text + "'; give whole seconds, 0 or more"));
    boolean access = environment.containsKey("ANSWERPRINT_ACCESS_KEY");
    if (access != environment.containsKey("ANSWERPRINT_SECRET_KEY")) {
      problems.add((access ? "ANSWERPRINT_SECRET_KEY" : "ANSWERPRINT_ACCESS_KEY") + " is missing; give both keys or neither");
    }
    return problems;
  }

  private static boolean isEndpoint(String text) {
    try {
      URI uri = new URI(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * Reads {@code ANSWERPRINT_S3_ENDPOINT}, {@code ANSWERPRINT_REGION} (us-east-1), {@code ANSWERPRINT_ACCESS_KEY},
   * {@code ANSWERPRINT_SECRET_KEY}, {@code ANSWERPRINT_PREFIX} (answerprint) and {@code ANSWERPRINT_STORE_PATIENCE_SECONDS} (150).
   *
   * @throws RequestFault naming every variable that is wrong
   */
  public static StorageSettings of(Map<String, String> environment) {
    List<String> problems = problems(environment);
    if (!problems.isEmpty()) {
      throw new RequestFault("the environment is wrong: " + String.join("; ", problems));
    }
    Optional<String> access = Optional.ofNullable(environment.get("ANSWERPRINT_ACCESS_KEY"));
    Optional<String> secret = Optional.ofNullable(environment.get("ANSWERPRINT_SECRET_KEY"));
    return new StorageSettings(
        Optional.ofNullable(environment.get("ANSWERPRINT_S3_ENDPOINT")).map(URI::create),
        environment.getOrDefault("ANSWERPRINT_REGION", "us-east-1"),
        access.flatMap(a -> secret.map(s -> new Credentials(a, s))),
        Buckets.prefixed(environment.getOrDefault("ANSWERPRINT_PREFIX", "answerprint")),
        Optional.ofNullable(environment.get(PATIENCE)).map(Long::parseLong).map(Duration::ofSeconds).orElse(USUAL_PATIENCE));
  }
}
