package org.answerprint.webhooks;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.answerprint.faults.RequestFault;
import org.answerprint.storage.StorageSettings;

/**
 * Where events go and what signs them.
 *
 * @param target the address
 * @param secret asked for each post
 */
public record WebhookSettings(WebhookTarget target, Supplier<WebhookSecret> secret) {

  private static final String URL = "ANSWERPRINT_WEBHOOK_URL";
  private static final String SECRET = "ANSWERPRINT_WEBHOOK_SECRET";
  private static final String LOCAL = "ANSWERPRINT_WEBHOOK_LOCAL";
  private static final String PARAMETER = "ssm:";

  public WebhookSettings {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(secret, "secret");
  }

  /**
   * Reads {@code ANSWERPRINT_WEBHOOK_URL}, {@code ANSWERPRINT_WEBHOOK_SECRET} (the secret itself, or {@code ssm:} and the name of a
   * parameter that holds it) and {@code ANSWERPRINT_WEBHOOK_LOCAL} (false).
   *
   * @return empty where no address is given: events go nowhere
   * @throws RequestFault where something is wrong, or there is an address and no secret
   */
  public static Optional<WebhookSettings> of(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(URL)).filter(url -> !url.isBlank())
        .map(url -> new WebhookSettings(WebhookTarget.of(url, local(environment)), secret(environment)));
  }

  /** Posts events there. */
  public WebhookSender sender(Clock clock) {
    return new WebhookSender(target, secret, clock);
  }

  private static boolean local(Map<String, String> environment) {
    String text = environment.getOrDefault(LOCAL, "false");
    if (!text.equals("true") && !text.equals("false")) {
      throw new RequestFault("the environment is wrong: " + LOCAL + " is '" + text + "'; give true or false");
    }
    return text.equals("true");
  }

  private static Supplier<WebhookSecret> secret(Map<String, String> environment) {
    String text = Optional.ofNullable(environment.get(SECRET)).filter(given -> !given.isBlank()).orElseThrow(() -> new RequestFault(
        "the environment is wrong: " + URL + " is given and " + SECRET + " is not; nobody could tell our events from others'"));
    if (text.startsWith(PARAMETER)) {
      ParameterStore store = new ParameterStore(StorageSettings.of(environment));
      return new SecretSource(text.substring(PARAMETER.length()), store::value, Clock.systemUTC());
    }
    WebhookSecret secret = WebhookSecret.of(text);
    return () -> secret;
  }
}
