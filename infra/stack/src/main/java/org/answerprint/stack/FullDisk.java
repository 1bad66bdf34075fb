package org.answerprint.stack;

import java.io.IOException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tells clients that the disk is full, which they take for passing trouble, instead of an error inside. */
final class FullDisk {

  private static final int UNAVAILABLE = 503;
  private static final String SENTENCE = "The disk of this S3 server is full; make room and it goes on by itself.";

  private FullDisk() {}

  /** Runs a write; one that fails for want of room is answered with 503 and a sentence. */
  static <T> T told(Supplier<T> write) {
    try {
      return write.get();
    } catch (RuntimeException e) {
      throw isFull(e) ? full(e) : e;
    }
  }

  private static boolean isFull(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof IOException && (message.contains("No space left on device") || message.contains("quota exceeded"))) {
        return true;
      }
    }
    return false;
  }

  private static RuntimeException full(RuntimeException e) {
    return S3Exception.builder().message(SENTENCE).cause(e).statusCode(UNAVAILABLE)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode("ServiceUnavailable").errorMessage(SENTENCE)
            .sdkHttpResponse(SdkHttpResponse.builder().statusCode(UNAVAILABLE).build()).build())
        .build();
  }
}
