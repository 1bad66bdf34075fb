package org.answerprint.uploads;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request that whoever has it may send until it expires, without keys. It is a secret until then.
 *
 * @param method of HTTP
 * @param url with the signature in it
 * @param headers that have to be sent as they are; another size or another key has no signature
 * @param expires after which it is refused
 */
public record SignedUpload(String method, URI url, SortedMap<String, String> headers, Instant expires) {

  public SignedUpload {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(expires, "expires");
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }
}
