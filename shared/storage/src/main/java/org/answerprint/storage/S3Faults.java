package org.answerprint.storage;

import java.util.Optional;
import java.util.function.Supplier;
import org.answerprint.faults.Fault;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Turns what the AWS SDK throws into the three kinds of fault, once, at this boundary. */
final class S3Faults {

  private S3Faults() {}

  static <T> T guard(String bucket, String key, Supplier<T> call) {
    try {
      return call.get();
    } catch (S3Exception | SdkClientException e) {
      throw of(bucket, key, e);
    }
  }

  static Fault of(String bucket, String key, RuntimeException e) {
    String where = "bucket " + bucket + (key.isEmpty() ? "" : ", object " + key);
    if (e instanceof NoSuchBucketException || e instanceof S3Exception gone && isMissingBucket(gone)) {
      return new RequestFault("there is no bucket " + bucket + "; create it or name another", e);
    }
    if (e instanceof S3Exception s3) {
      return switch (s3.statusCode()) {
        case 301 -> new RequestFault("the store keeps " + where + " in another region; check the region", e);
        case 401, 403 -> refused(where, e);
        case 400 -> badRequest(where, s3);
        case 404, 411, 413 -> new InternalFault("the store refused a request for " + where + ": " + s3.getMessage(), e);
        default -> new TransientFault("the store answered " + s3.statusCode() + words(s3) + " for " + where, e);
      };
    }
    return new TransientFault("the store cannot be reached for " + where + " (" + rootMessage(e)
        + "); check the endpoint and that the server runs", e);
  }

  private static Fault badRequest(String where, S3Exception e) {
    return switch (code(e)) {
      case "AuthorizationHeaderMalformed", "ExpiredToken", "InvalidToken" -> refused(where, e);
      case "RequestTimeout", "IncompleteBody" -> new TransientFault("the store did not get all of a request for " + where, e);
      default -> new InternalFault("the store refused a request for " + where + ": " + e.getMessage(), e);
    };
  }

  private static RequestFault refused(String where, RuntimeException e) {
    return new RequestFault("the store refused the credentials for " + where + "; check the keys, their rights and the region", e);
  }

  static boolean isMissingBucket(S3Exception e) {
    return code(e).equals("NoSuchBucket");
  }

  private static String code(S3Exception e) {
    return Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
  }

  /** What the server says about it, which only it can know: that its disk is full, or that it is asked too often. */
  private static String words(S3Exception e) {
    return Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorMessage).filter(text -> !text.isBlank())
        .map(text -> " (" + text.strip() + ")").orElse("");
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
