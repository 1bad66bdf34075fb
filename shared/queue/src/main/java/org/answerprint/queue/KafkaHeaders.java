package org.answerprint.queue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Items as Kafka records. Headers are UTF-8 text; where a foreign record lacks key or body they are empty. */
final class KafkaHeaders {

  private KafkaHeaders() {}

  static List<Header> write(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(each -> (Header) new RecordHeader(each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  static Map<String, String> read(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
    return headers;
  }

  static Item item(ConsumerRecord<byte[], byte[]> record) {
    byte[] body = record.value() == null ? new byte[0] : record.value();
    return Item.arrived(text(record.key()), read(record), body);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
