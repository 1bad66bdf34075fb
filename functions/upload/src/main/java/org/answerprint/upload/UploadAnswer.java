package org.answerprint.upload;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.answerprint.uploads.SignedUpload;

/**
 * What is answered to who wants to upload something.
 *
 * @param status signed, rejected or later
 * @param reason why not, or empty
 * @param method of the request to send
 * @param url to send it to; a secret until it expires
 * @param headers to send as they are
 * @param expires when the store begins to refuse it, in ISO 8601
 */
public record UploadAnswer(
    String status, String reason, Optional<String> method, Optional<String> url, SortedMap<String, String> headers, Optional<String> expires) {

  static UploadAnswer signed(SignedUpload upload) {
    return new UploadAnswer("signed", "", Optional.of(upload.method()), Optional.of(upload.url().toString()), upload.headers(),
        Optional.of(upload.expires().toString()));
  }

  static UploadAnswer rejected(String reason) {
    return unsigned("rejected", reason);
  }

  /** Where nothing can be signed for a while: ask again. */
  public static UploadAnswer later(String reason) {
    return unsigned("later", reason);
  }

  private static UploadAnswer unsigned(String status, String reason) {
    return new UploadAnswer(status, reason, Optional.empty(), Optional.empty(), new TreeMap<>(), Optional.empty());
  }
}
