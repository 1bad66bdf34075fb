package org.answerprint.queue;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An item that nobody could do, with all that is known about why.
 *
 * @param item as it was sent
 * @param reason one sentence
 * @param origin where the item lay: topic, partition and offset joined by slashes, or the queue's address and the
 *     message id
 * @param deliveryCount how often its last copy had been delivered
 * @param attempt which attempt gave up
 * @param worker who gave up
 * @param time when
 * @param context whatever the worker added
 */
public record DeadLetter(
    Item item,
    String reason,
    String origin,
    int deliveryCount,
    int attempt,
    String worker,
    Instant time,
    Map<String, String> context) {

  private static final String PREFIX = Item.OWN_PREFIX + "dead-";
  private static final String CONTEXT = PREFIX + "context-";

  public DeadLetter {
    context = Map.copyOf(context);
  }

  /** The item's headers and the queue's own, which together say everything but key and body. */
  Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>(item.headers());
    headers.put(PREFIX + "reason", reason);
    headers.put(PREFIX + "origin", origin);
    headers.put(PREFIX + "deliveries", Integer.toString(deliveryCount));
    headers.put(PREFIX + "attempt", Integer.toString(attempt));
    headers.put(PREFIX + "worker", worker);
    headers.put(PREFIX + "time", time.toString());
    context.forEach((name, value) -> headers.put(CONTEXT + name, value));
    return headers;
  }

  /**
   * Reads a record of the dead-letter topic; headers as text, the last of each name.
   *
   * @throws IllegalArgumentException when the headers are not those of a dead letter
   */
  public static DeadLetter read(String key, Map<String, String> headers, byte[] body) {
    Map<String, String> context = new TreeMap<>();
    headers.forEach((name, value) -> {
      if (name.startsWith(CONTEXT)) {
        context.put(name.substring(CONTEXT.length()), value);
      }
    });
    return new DeadLetter(
        Item.arrived(key, headers, body),
        required(headers, "reason"),
        required(headers, "origin"),
        Integer.parseInt(required(headers, "deliveries")),
        Integer.parseInt(required(headers, "attempt")),
        required(headers, "worker"),
        Instant.parse(required(headers, "time")),
        context);
  }

  private static String required(Map<String, String> headers, String name) {
    return Optional.ofNullable(headers.get(PREFIX + name)).orElseThrow(() -> new IllegalArgumentException(
        "the header " + PREFIX + name + " is missing, so this is no dead letter of a work queue"));
  }
}
