package org.answerprint.binding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who may knock. The functions take events from brokers and schedulers, which send neither an {@code Origin} nor the
 * other headers of browsers; so a web page that is open on this machine can post nothing here, not even under a name of
 * its own that it points at loopback.
 *
 * @param onLoopback whether only this machine can connect, so that its names are the only ones in {@code Host}
 * @param token what a request that is more than a look must carry, or empty where none is asked for
 */
public record DoorRules(boolean onLoopback, Optional<String> token) {

  private static final Set<String> LOOKS = Set.of("GET", "HEAD");
  private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

  /**
   * An answer to who may not.
   *
   * @param status of HTTP
   * @param reason one sentence
   */
  public record Refusal(int status, String reason) {}

  @Override
  public String toString() {
    return "DoorRules[onLoopback=" + onLoopback + "]";
  }

  /** Why a request is refused, or empty where it may pass; {@code header} answers null for what was not sent. */
  public Optional<Refusal> refuse(String method, Function<String, String> header) {
    if (header.apply("Origin") != null || header.apply("Sec-Fetch-Site") != null) {
      return Optional.of(new Refusal(403, "requests of web pages are not taken here; send the event from a program"));
    }
    if (onLoopback && !OWN_NAMES.contains(hostOf(header.apply("Host")))) {
      return Optional.of(new Refusal(403, "this door answers to 127.0.0.1 and localhost only; use one of them in the URL"));
    }
    if (!LOOKS.contains(method) && token.isPresent() && !isToken(header.apply("Authorization"))) {
      return Optional.of(new Refusal(401, "send the header 'Authorization: Bearer ...' with the token that up prints"));
    }
    return Optional.empty();
  }

  private static String hostOf(String host) {
    return host == null ? "localhost" : host.replaceFirst(":[0-9]*$", "");
  }

  private boolean isToken(String authorization) {
    byte[] wanted = ("Bearer " + token.orElseThrow()).getBytes(StandardCharsets.UTF_8);
    return authorization != null && MessageDigest.isEqual(wanted, authorization.getBytes(StandardCharsets.UTF_8));
  }
}
