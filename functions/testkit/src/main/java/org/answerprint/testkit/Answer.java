package org.answerprint.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What was answered over HTTP. What a test asks of it and it does not have fails the test, in words that hold the body.
 *
 * @param code the status of HTTP; the word {@code status} in the body is another
 * @param body as text, empty where there is none
 */
public record Answer(int code, String body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** This answer, where its code is 200. */
  public Answer ok() {
    if (code != 200) {
      throw new AssertionError("the answer was to be 200 and is " + code + ": " + body);
    }
    return this;
  }

  /** The body, where it is JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("the answer is no JSON: " + body, e);
    }
  }

  /** The string of the body at a JSON pointer such as {@code /jobs/0}. */
  public String text(String pointer) {
    JsonNode found = json().at(pointer);
    if (!found.isTextual()) {
      throw new AssertionError("the answer has no text at " + pointer + ": " + body);
    }
    return found.textValue();
  }
}
