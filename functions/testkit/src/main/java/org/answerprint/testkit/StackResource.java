package org.answerprint.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.TreeMap;
import org.answerprint.launcher.LocalStack;
import org.answerprint.launcher.SharedStack;

/** The local stack for a Quarkus test: a real broker and a real S3 server, once per test run. */
public final class StackResource implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    return environment();
  }

  /** The variables under which a stage finds the stack, and a price at which the smallest film costs something. */
  public static Map<String, String> environment() {
    LocalStack stack = SharedStack.get();
    return new TreeMap<>(Map.of(
        "ANSWERPRINT_S3_ENDPOINT", stack.s3Endpoint().toString(),
        "ANSWERPRINT_ACCESS_KEY", stack.accessKey(),
        "ANSWERPRINT_SECRET_KEY", stack.secretKey(),
        "ANSWERPRINT_REGION", stack.region(),
        "ANSWERPRINT_KAFKA", stack.bootstrapServers(),
        "ANSWERPRINT_PRICE_PER_SECOND", "1",
        // nobody is there: no test reaches a cloud
        "ANSWERPRINT_SQS_ENDPOINT", "http://127.0.0.1:9",
        "ANSWERPRINT_SCRATCH", stack.dataFolder().resolve("scratch").toString(),
        "ANSWERPRINT_MODELS", stack.dataFolder().resolve("models").toString()));
  }

  @Override
  public void stop() {
    // the stack lives as long as the test run
  }
}
