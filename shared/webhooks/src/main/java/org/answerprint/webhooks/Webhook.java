package org.answerprint.webhooks;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * One event to be posted. It may arrive more than once; receivers tell by the id.
 *
 * @param id the same for the same event, however often it is sent; letters, digits, underscores and hyphens, since a dot ends it in what is signed
 * @param body JSON
 */
public record Webhook(String id, String body) {

  public Webhook {
    Objects.requireNonNull(body, "body");
    if (!id.matches("[A-Za-z0-9_-]{1,256}")) {
      throw new IllegalArgumentException("'" + id + "' is no id of an event");
    }
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
