package org.answerprint.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.answerprint.faults.RequestFault;

/**
 * What sender and receiver share. Signatures are those of the Standard Webhooks specification, so that its libraries check them:
 * {@code v1,} and the Base64 of an HMAC-SHA256 over id, timestamp and body with dots between. Immutable; never shows itself.
 */
public final class WebhookSecret {

  private static final String ENCODED = "whsec_";
  private static final int LEAST_BYTES = 24;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private WebhookSecret(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * A secret as people keep it: {@code whsec_} and Base64, or any text.
   *
   * @throws RequestFault where it is too short to keep anything, or not Base64
   */
  public static WebhookSecret of(String text) {
    byte[] bytes = bytes(text.strip());
    if (bytes.length < LEAST_BYTES) {
      throw new RequestFault("the webhook's secret has " + bytes.length + " bytes; give at least " + LEAST_BYTES
          + ", such as whsec_ and what openssl rand -base64 32 prints");
    }
    return new WebhookSecret(bytes);
  }

  private static byte[] bytes(String text) {
    if (!text.startsWith(ENCODED)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(text.substring(ENCODED.length()));
    } catch (IllegalArgumentException e) {
      throw new RequestFault("the webhook's secret begins with whsec_ and does not go on in Base64; correct it", e);
    }
  }

  /** The header {@code webhook-signature}. */
  String signature(Webhook webhook, long timestamp) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((webhook.id() + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(webhook.bytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  @Override
  public String toString() {
    return "WebhookSecret";
  }
}
