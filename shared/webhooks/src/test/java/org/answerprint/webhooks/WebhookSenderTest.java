package org.answerprint.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSenderTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Webhook EVENT = new Webhook("job-ended-5f0c", "{\"type\":\"a\",\"word\":\"ünd\"}");
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @TempDir
  private static Path folder;

  private final List<String> lookedUp = new ArrayList<>();

  @Test
  void anEventIsPostedOverTlsUnderItsHostsNameWithASignatureThatOthersCanCheck() throws Exception {
    try (Receiver receiver = Receiver.overTls(folder)) {
      tls(receiver, "/in?from=us").send(EVENT);

      Receiver.Post post = receiver.posts.getFirst();
      assertThat(post.path()).isEqualTo("/in?from=us");
      assertThat(post.host()).isEqualTo(Receiver.NAME + ":" + receiver.port());
      assertThat(post.id()).isEqualTo(EVENT.id());
      assertThat(post.timestamp()).isEqualTo(Long.toString(NOON.getEpochSecond()));
      assertThat(post.type()).isEqualTo("application/json");
      assertThat(post.body()).isEqualTo(EVENT.body());
      assertThat(post.signature()).isEqualTo(signature(post));
      assertThat(lookedUp).as("what was checked is what was used").containsExactly(Receiver.NAME);
    }
  }

  /** The values of the specification's reference libraries. */
  @Test
  void signaturesAreThoseOfStandardWebhooks() {
    Webhook known = new Webhook("msg_p5jXN8AQM9LWM0D4loKWxJek", "{\"test\": 2432232314}");

    assertThat(WebhookSecret.of(SECRET).signature(known, 1614265330)).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aCertificateOfAnotherNameIsNotTalkedTo() throws Exception {
    try (Receiver receiver = Receiver.overTls(folder)) {
      WebhookSender sender = sender("https://other.example.test:" + receiver.port(), true, receiver.tls().getSocketFactory(), LOOPBACK);

      assertThatThrownBy(() -> sender.send(EVENT)).isInstanceOf(TransientFault.class).hasMessageContaining("other.example.test took no event");
      assertThat(receiver.posts).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void redirectsAreNotFollowed(int status) throws IOException {
    try (Receiver receiver = Receiver.plain().answering(status)) {
      assertThatThrownBy(() -> plain(receiver).send(EVENT)).isInstanceOf(TransientFault.class)
          .hasMessageContainingAll(Integer.toString(status), "redirects are not followed");
      assertThat(receiver.posts).extracting(Receiver.Post::path).containsExactly("/in");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 299})
  void whateverTwoHundredIsTaken(int status) throws IOException {
    try (Receiver receiver = Receiver.plain().answering(status)) {
      plain(receiver).send(EVENT);
      assertThat(receiver.posts).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 410, 429, 500, 503})
  void anythingElseIsSentAgainByWhoeverSentIt(int status) throws IOException {
    try (Receiver receiver = Receiver.plain().answering(status)) {
      assertThatThrownBy(() -> plain(receiver).send(EVENT)).isInstanceOf(TransientFault.class).hasMessageContaining("answered " + status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "169.254.170.2",
      "100.64.0.1", "0.0.0.0", "192.0.0.170", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1",
      "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::10.0.0.1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1",
      "64:ff9b::a00:1", "64:ff9b:1::1", "2001::1", "2001:db8::1", "2002:a00:1::", "3fff::1", "100::1"})
  void addressesOfOnesOwnNetworkAreRefusedBeforeAnythingIsSent(String address) {
    WebhookSender sender = sender("https://hooks.example.com", false, tls(), InetAddress.ofLiteral(address));

    assertThatThrownBy(() -> sender.send(EVENT)).isInstanceOf(RequestFault.class)
        .hasMessageContainingAll("hooks.example.com is at", "open internet only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.169.0.1", "198.17.0.1", "223.255.255.255",
      "2606:4700::1111", "2a00:1450::1", "2001:4860:4860::8888"})
  void addressesOfTheOpenInternetAreNot(String address) {
    assertThat(PublicAddress.is(InetAddress.ofLiteral(address))).isTrue();
  }

  @Test
  void aNameWithOneAddressInsideIsRefusedWhole() {
    WebhookSender sender = sender("https://hooks.example.com", false, tls(), InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("10.0.0.1"));

    assertThatThrownBy(() -> sender.send(EVENT)).isInstanceOf(RequestFault.class).hasMessageContaining("and elsewhere");
  }

  @Test
  void anAddressInTheUrlIsCheckedLikeAName() {
    for (String url : List.of("https://127.0.0.1/", "https://[::1]/", "https://[::ffff:169.254.169.254]/", "https://2130706433/", "https://0x7f.1/",
        "https://localhost/")) {
      assertThatThrownBy(() -> new WebhookSender(WebhookTarget.of(url, false), () -> WebhookSecret.of(SECRET), Clock.systemUTC()).send(EVENT)).as(url).isInstanceOfAny(RequestFault.class, TransientFault.class);
    }
  }

  /** The second answer of a name that changes its mind would be this machine: it is never asked for. */
  @Test
  void aNameThatChangesItsMindAfterTheCheckIsNotAskedAgain() throws Exception {
    try (Receiver receiver = Receiver.overTls(folder)) {
      int[] asked = {0};
      WebhookSender sender = new WebhookSender(WebhookTarget.of("https://" + Receiver.NAME + ":" + receiver.port(), false), () -> WebhookSecret.of(SECRET),
          Clock.systemUTC(), host -> new InetAddress[] {asked[0]++ == 0 ? InetAddress.ofLiteral("192.0.2.1") : LOOPBACK},
          receiver.tls().getSocketFactory(), Duration.ofSeconds(5));

      assertThatThrownBy(() -> sender.send(EVENT)).isInstanceOf(RequestFault.class);
      assertThat(asked[0]).isEqualTo(1);
      assertThat(receiver.posts).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://hooks.example.com/", "ftp://hooks.example.com/", "https://", "https:///x", "https://u:p@hooks.example.com/", "https://h/#x",
      "file:///etc/passwd", "https://a b/", "hooks.example.com", "https://h:99999/"})
  void whatIsNoAddressOfTheWebOverTlsIsRefused(String url) {
    assertThatThrownBy(() -> WebhookTarget.of(url, false)).isInstanceOf(RequestFault.class).hasMessageContaining("https://host/path");
  }

  @Test
  void whereThisMachineIsMeantPlainHttpGoesNowhereElse() {
    WebhookSender sender = sender("http://hooks.example.com", true, tls(), InetAddress.ofLiteral("8.8.8.8"));

    assertThatThrownBy(() -> sender.send(EVENT)).isInstanceOf(RequestFault.class);
    assertThatThrownBy(() -> sender("https://hooks.example.com", true, tls(), InetAddress.ofLiteral("192.168.1.1")).send(EVENT))
        .isInstanceOf(RequestFault.class);
  }

  @Test
  void aHostThatSaysNothingOrDripsIsLeftInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket()) {
      silent.bind(new InetSocketAddress(LOOPBACK, 0));
      WebhookSender sender = new WebhookSender(WebhookTarget.of("http://localhost:" + silent.getLocalPort(), true), () -> WebhookSecret.of(SECRET),
          Clock.systemUTC(), host -> new InetAddress[] {LOOPBACK}, tls(), Duration.ofMillis(200));

      assertThatThrownBy(() -> sender.send(EVENT)).isInstanceOf(TransientFault.class).hasMessageContaining("took no event");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SMTP ready\r\n", "HTTP/2 200\r\n", "\r\n", ""})
  void anAnswerThatIsNoneOfHttpCountsForNothing(String answer) throws Exception {
    assertThatThrownBy(() -> answered(answer)).isInstanceOf(TransientFault.class);
  }

  @Test
  void anInterimAnswerIsPassedOver() throws Exception {
    answered("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
  }

  private void answered(String answer) throws Exception {
    try (ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(LOOPBACK, 0));
      Thread answering = Thread.startVirtualThread(() -> {
        try (Socket socket = server.accept()) {
          socket.getInputStream().read();
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
          socket.shutdownOutput();
          socket.getInputStream().readAllBytes();
        } catch (IOException e) {
          // the sender has gone
        }
      });
      sender("http://localhost:" + server.getLocalPort(), true, tls(), LOOPBACK).send(EVENT);
      answering.join();
    }
  }

  @Test
  void aNameWithoutAnAddressIsAskedAgainLater() {
    WebhookSender sender = new WebhookSender(WebhookTarget.of("https://gone.example.com", false), () -> WebhookSecret.of(SECRET), Clock.systemUTC(),
        host -> {
          throw new UnknownHostException(host);
        }, tls(), Duration.ofSeconds(1));
    assertThatThrownBy(() -> sender.send(EVENT)).isInstanceOf(TransientFault.class).hasMessageContaining("has no address");
  }

  private WebhookSender tls(Receiver receiver, String path) {
    return sender("https://" + Receiver.NAME + ":" + receiver.port() + path, true, receiver.tls().getSocketFactory(), LOOPBACK);
  }

  private WebhookSender plain(Receiver receiver) {
    return sender("http://localhost:" + receiver.port() + "/in", true, tls(), LOOPBACK);
  }

  private WebhookSender sender(String url, boolean local, SSLSocketFactory tls, InetAddress... addresses) {
    return new WebhookSender(WebhookTarget.of(url, local), () -> WebhookSecret.of(SECRET), Clock.fixed(NOON, ZoneOffset.UTC), host -> {
      lookedUp.add(host);
      return addresses;
    }, tls, Duration.ofSeconds(10));
  }

  private static SSLSocketFactory tls() {
    try {
      return SSLContext.getDefault().getSocketFactory();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a receiver checks it. */
  private static String signature(Receiver.Post post) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET.substring("whsec_".length())), "HmacSHA256"));
    byte[] signed = mac.doFinal((post.id() + "." + post.timestamp() + "." + post.body()).getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(signed);
  }
}
