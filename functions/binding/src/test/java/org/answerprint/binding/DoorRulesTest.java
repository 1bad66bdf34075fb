package org.answerprint.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorRulesTest {

  private static final DoorRules LOCAL = new DoorRules(true, Optional.of("hush"));
  private static final DoorRules CLUSTER = new DoorRules(false, Optional.empty());

  @ParameterizedTest
  @CsvSource({"127.0.0.1:8080", "localhost", "[::1]:9"})
  void programsOnThisMachineWithTheTokenPass(String host) {
    assertThat(LOCAL.refuse("POST", Map.of("Host", host, "Authorization", "Bearer hush")::get)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example, 403",
    "Origin, http://127.0.0.1:8080, 403",
    "Sec-Fetch-Site, same-origin, 403",
    "Host, evil.example:8080, 403",
    "Host, 127.0.0.1.evil.example, 403",
    "Authorization, Bearer wrong, 401",
    "Authorization, Basic hush, 401",
    "X, y, 401"})
  void pagesAndStrangersDoNot(String name, String value, int status) {
    Map<String, String> headers = new java.util.HashMap<>(Map.of("Host", "127.0.0.1:8080"));
    if (status == 403) {
      headers.put("Authorization", "Bearer hush");
    }
    headers.put(name, value);
    assertThat(LOCAL.refuse("POST", headers::get)).hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(status));
  }

  @Test
  void looksNeedNoToken() {
    assertThat(LOCAL.refuse("GET", Map.of("Host", "localhost:1")::get)).isEmpty();
  }

  @Test
  void aBrokerInAClusterPassesUnderAnyNameAndAPageDoesNot() {
    assertThat(CLUSTER.refuse("POST", Map.of("Host", "ingest.default.svc.cluster.local")::get)).isEmpty();
    assertThat(CLUSTER.refuse("POST", Map.of("Host", "ingest", "Origin", "null")::get)).isPresent();
  }

  @Test
  void keepsTheTokenToItself() {
    assertThat(LOCAL.toString()).doesNotContain("hush");
  }
}
