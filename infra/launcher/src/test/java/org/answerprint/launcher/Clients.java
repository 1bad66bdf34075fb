package org.answerprint.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Real clients of a stack. */
final class Clients {
  private Clients() {}

  static S3Client s3(LocalStack stack) {
    return s3(stack, stack.accessKey(), stack.secretKey());
  }

  static S3Client s3(LocalStack stack, String accessKey, String secretKey) {
    return S3Client.builder()
        .endpointOverride(stack.s3Endpoint())
        .region(Region.of(stack.region()))
        .forcePathStyle(true)
        // no second tries: what the server answers to the first is what is tested
        .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
        .build();
  }

  static KafkaProducer<String, String> producer(LocalStack stack) {
    Properties properties = new Properties();
    properties.putAll(Map.of("bootstrap.servers", stack.bootstrapServers(), "acks", "all"));
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  /** All records of the topic from its beginning, until one that {@code last} accepts has come; 60 s at most. */
  static List<ConsumerRecord<String, String>> read(
      LocalStack stack, String topic, Predicate<ConsumerRecord<String, String>> last) {
    Properties properties = new Properties();
    properties.putAll(Map.of("bootstrap.servers", stack.bootstrapServers(), "auto.offset.reset", "earliest"));
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(consumer.partitionsFor(topic).stream()
          .map(info -> new TopicPartition(topic, info.partition())).toList());
      Instant limit = Instant.now().plusSeconds(60);
      while (records.stream().noneMatch(last)) {
        if (Instant.now().isAfter(limit)) {
          throw new AssertionError("The awaited record did not come; there are " + records);
        }
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }
}
