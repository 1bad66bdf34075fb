package org.answerprint.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.answerprint.faults.Fault;
import org.answerprint.faults.TransientFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FaultsTest {

  @ParameterizedTest
  @CsvSource({
    "301, PermanentRedirect, RequestFault",
    "400, AuthorizationHeaderMalformed, RequestFault",
    "400, ExpiredToken, RequestFault",
    "400, InvalidArgument, InternalFault",
    "400, RequestTimeout, TransientFault",
    "401, Unauthorized, RequestFault",
    "403, SignatureDoesNotMatch, RequestFault",
    "404, NoSuchBucket, RequestFault",
    "404, NoSuchUpload, InternalFault",
    "409, ConditionalRequestConflict, TransientFault",
    "429, SlowDown, TransientFault",
    "500, InternalError, TransientFault",
    "503, SlowDown, TransientFault",
  })
  void everyAnswerIsOneKindOfFault(int status, String code, String kind) {
    S3Exception answer = (S3Exception) S3Exception.builder().statusCode(status).message("told so")
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build()).build();
    Fault fault = S3Faults.of("a-bucket", "a/key", answer);

    assertThat(fault.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(fault).hasMessageContaining("a-bucket").hasCause(answer);
  }

  @Test
  void noAnswerIsAStoreThatIsUnwell() {
    Fault fault = S3Faults.of("a-bucket", "",
        SdkClientException.create("tried 6 times", new IOException("connection refused")));

    assertThat(fault).isInstanceOf(TransientFault.class)
        .hasMessage("the store cannot be reached for bucket a-bucket (connection refused); check the endpoint and that the server runs");
  }
}
