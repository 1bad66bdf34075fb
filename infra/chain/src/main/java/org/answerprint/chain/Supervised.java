package org.answerprint.chain;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.answerprint.stage.Stage;
import org.eclipse.microprofile.config.Config;

/**
 * Says {@code READY} on standard output when the functions answer, and stops when standard input closes, so that a
 * supervisor that dies takes the functions with it.
 */
@ApplicationScoped
public class Supervised {

  private final AtomicBoolean said = new AtomicBoolean();

  void starting(@Observes StartupEvent event, Stage stage) {
    stage.createWorkQueue();
    if (Boolean.getBoolean("answerprint.supervised")) {
      Thread.ofPlatform().daemon().name("supervisor").start(Supervised::stopWhenStandardInputCloses);
    }
  }

  void listening(@ObservesAsync HttpServerStart event, Config config) {
    if (said.compareAndSet(false, true)) {
      System.out.println("READY {\"httpPort\":" + config.getValue("quarkus.http.port", Integer.class) + "}");
      System.out.flush();
    }
  }

  private static void stopWhenStandardInputCloses() {
    try (InputStream in = System.in) {
      while (in.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      System.getLogger(Supervised.class.getName()).log(System.Logger.Level.DEBUG, "standard input broke off", e);
    }
    Quarkus.asyncExit();
  }
}
