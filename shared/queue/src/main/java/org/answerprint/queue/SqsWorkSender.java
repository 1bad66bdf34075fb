package org.answerprint.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Sends items to SQS. Key and headers travel as JSON in one attribute each, since SQS takes ten attributes at most;
 * the body stays readable where it is text. The queue is looked for when the first item is sent: whoever never sends
 * needs no right to it.
 */
public final class SqsWorkSender implements WorkSender {

  private static final String KEY = "key";
  private static final String HEADERS = "headers";
  private static final String ENCODING = "encoding";
  private static final String BASE64 = "base64";
  private static final long LONGEST_DELAY_SECONDS = 900;
  private static final JsonMapper JSON = new JsonMapper();

  private final SqsClient client;
  private final Supplier<String> queueUrl;
  private volatile Optional<String> found = Optional.empty();

  public SqsWorkSender(SqsAddress address) {
    this.client = address.client();
    this.queueUrl = address::queueUrl;
  }

  /** A sender to the queue of this name, which is created if it is not there. */
  public SqsWorkSender(SqsClient client, String name) {
    this.client = client;
    this.queueUrl = () -> SqsAddress.queueUrl(client, name);
  }

  @Override
  public void send(Item item) {
    String url = found.orElseGet(queueUrl);
    found = Optional.of(url);
    send(url, item.key(), item.headers(), item.body(), Duration.ZERO);
  }

  /** Nothing to close: the client belongs to whoever opened it. */
  @Override
  public void close() { }

  /** SQS waits for 15 min at most; what must wait longer carries its time in a header and is sent on when it comes. */
  void send(String url, String key, Map<String, String> headers, byte[] body, Duration delay) {
    Map<String, MessageAttributeValue> attributes = new TreeMap<>();
    attributes.put(KEY, text(json(key)));
    attributes.put(HEADERS, text(json(headers)));
    Optional<String> plain = SqsText.plain(body);
    if (plain.isEmpty()) {
      attributes.put(ENCODING, text(BASE64));
    }
    long seconds = Math.min(LONGEST_DELAY_SECONDS, Math.max(0, delay.plusMillis(999).toSeconds()));
    try {
      client.sendMessage(request -> request
          .queueUrl(url)
          .messageBody(plain.orElseGet(() -> SqsText.base64(body)))
          .messageAttributes(attributes)
          .delaySeconds((int) seconds));
    } catch (SdkException trouble) {
      throw SqsAddress.trouble("send item " + key, url, trouble);
    }
  }

  /** The key; empty for a foreign message that has none. */
  static String key(Message message) {
    return attribute(message, KEY).flatMap(text -> read(text, new TypeReference<String>() { })).orElse("");
  }

  /** All headers, the queue's own included; none for a foreign message. */
  static Map<String, String> headers(Message message) {
    return attribute(message, HEADERS).flatMap(text -> read(text, new TypeReference<Map<String, String>>() { }))
        .orElse(Map.of());
  }

  static byte[] body(Message message) {
    return attribute(message, ENCODING).filter(BASE64::equals)
        .flatMap(encoding -> SqsText.fromBase64(message.body()))
        .orElseGet(() -> message.body().getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> attribute(Message message, String name) {
    return Optional.ofNullable(message.messageAttributes().get(name)).map(MessageAttributeValue::stringValue);
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("text cannot be written as JSON", impossible);
    }
  }

  private static <T> Optional<T> read(String json, TypeReference<T> type) {
    try {
      return Optional.ofNullable(JSON.readValue(json, type));
    } catch (JsonProcessingException foreign) {
      return Optional.empty();
    }
  }
}
