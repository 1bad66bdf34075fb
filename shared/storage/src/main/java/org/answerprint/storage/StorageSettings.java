package org.answerprint.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.answerprint.faults.RequestFault;

/**
 * Where the buckets are.
 *
 * @param endpoint an S3 server of one's own, or empty for AWS
 * @param region the region that requests are signed for
 * @param credentials access and secret key, or empty for the AWS default chain
 * @param buckets the three buckets
 */
public record StorageSettings(Optional<URI> endpoint, String region, Optional<Credentials> credentials, Buckets buckets) {

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
  }

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
   * {@code ANSWERPRINT_SECRET_KEY} and {@code ANSWERPRINT_PREFIX} (answerprint).
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
        Buckets.prefixed(environment.getOrDefault("ANSWERPRINT_PREFIX", "answerprint")));
  }
}
