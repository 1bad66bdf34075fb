package org.answerprint.events;

/** Domain ids: the type and what tells this message from others of its type, joined by slashes. */
final class Ids {

  private Ids() {}

  static String of(String type, Object... parts) {
    StringBuilder id = new StringBuilder(type);
    for (Object part : parts) {
      id.append('/').append(part);
    }
    return id.toString();
  }
}
