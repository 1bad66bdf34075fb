package org.answerprint.queue;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One piece of work as it travels.
 *
 * @param key names the work; items of the same key are still independent
 * @param headers what the sender says about the body, carried unchanged through retries and into a dead letter; names
 *     that begin with {@value #OWN_PREFIX} belong to the queue
 * @param body copied in and out
 */
public record Item(String key, Map<String, String> headers, byte[] body) {

  /** Begins the names of the headers that the queue itself writes. */
  public static final String OWN_PREFIX = "queue-";

  public Item {
    if (key == null || body == null) {
      throw new IllegalArgumentException("an item needs a key and a body; give an empty one where there is none");
    }
    headers = Map.copyOf(headers);
    headers.keySet().stream().filter(name -> name.startsWith(OWN_PREFIX)).findAny().ifPresent(name -> {
      throw new IllegalArgumentException("the header " + name + " of item " + key + " begins with " + OWN_PREFIX
          + ", which belongs to the queue; choose another name");
    });
    body = body.clone();
  }

  /** An item without headers. */
  public static Item of(String key, byte[] body) {
    return new Item(key, Map.of(), body);
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** The header of this name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The item without those of {@code all} that the queue wrote; both adapters carry everything as one map. */
  static Item arrived(String key, Map<String, String> all, byte[] body) {
    Map<String, String> senders = new TreeMap<>(all);
    senders.keySet().removeIf(name -> name.startsWith(OWN_PREFIX));
    return new Item(key, senders, body);
  }

  @Override
  public String toString() {
    return "Item[" + key + ", " + headers + ", " + body.length + " bytes]";
  }
}
