package org.answerprint.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A real server on loopback that takes what is posted to it, over TLS with a certificate of one name, or without. */
final class Receiver implements AutoCloseable {

  static final String NAME = "hooks.example.test";

  record Post(String path, String host, String id, String timestamp, String signature, String type, String body) {}

  final List<Post> posts = new CopyOnWriteArrayList<>();
  private final List<Integer> answers = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final SSLContext tls;

  private Receiver(HttpServer server, SSLContext tls) {
    this.server = server;
    this.tls = tls;
    server.createContext("/", this::take);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  static Receiver plain() throws IOException {
    return new Receiver(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0), null);
  }

  static Receiver overTls(Path folder) throws Exception {
    SSLContext tls = context(folder.resolve("receiver.p12"));
    HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls) {
      @Override
      public void configure(HttpsParameters parameters) {
        parameters.setSSLParameters(tls.getDefaultSSLParameters());
      }
    });
    return new Receiver(server, tls);
  }

  /** With keys that the JDK's own tool makes, trusted by whoever uses the same context. */
  private static SSLContext context(Path file) throws Exception {
    if (Files.notExists(file)) {
      List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
          "-alias", "receiver", "-keyalg", "EC", "-dname", "CN=" + NAME, "-ext", "san=dns:" + NAME, "-validity", "3650", "-storetype", "PKCS12",
          "-storepass", "secret", "-keystore", file.toString()));
      if (new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() != 0) {
        throw new IOException("keytool made no keys");
      }
    }
    KeyStore keys = KeyStore.getInstance(file.toFile(), "secret".toCharArray());
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, "secret".toCharArray());
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null);
    trusted.setCertificateEntry("receiver", keys.getCertificate("receiver"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  SSLContext tls() {
    return tls;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Answers the next posts so, one after another, and all later ones with 204. */
  Receiver answering(Integer... statuses) {
    answers.addAll(List.of(statuses));
    return this;
  }

  private void take(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    posts.add(new Post(exchange.getRequestURI().toString(), headers.getFirst("Host"), headers.getFirst("webhook-id"),
        headers.getFirst("webhook-timestamp"), headers.getFirst("webhook-signature"), headers.getFirst("Content-Type"), body));
    int status = answers.isEmpty() ? 204 : answers.removeFirst();
    if (status >= 300 && status < 400) {
      exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port() + "/elsewhere");
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
