package org.answerprint.binding;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Applies {@link DoorRules} to every request over HTTP, and ends those whose body does not come. */
@ApplicationScoped
public class Door {

  private static final int BEFORE_ALL_ELSE = 10_000;
  private static final long BODY_MILLIS = 30_000;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  private final DoorRules rules;

  @Inject
  public Door(Config config) {
    Optional<String> token = config.getOptionalValue("ANSWERPRINT_HTTP_TOKEN", String.class).filter(text -> !text.isBlank());
    this.rules = new DoorRules(LOOPBACK.contains(config.getValue("quarkus.http.host", String.class)), token);
  }

  void guard(@Observes Filters filters) {
    filters.register(this::check, BEFORE_ALL_ELSE);
  }

  private void check(RoutingContext request) {
    Optional<DoorRules.Refusal> refusal = rules.refuse(request.request().method().name(), request.request()::getHeader);
    if (refusal.isPresent()) {
      request.response().setStatusCode(refusal.get().status()).putHeader("Content-Type", "text/plain").end(refusal.get().reason() + "\n");
      return;
    }
    long watch = request.vertx().setTimer(BODY_MILLIS, late -> {
      if (!request.request().isEnded()) {
        request.request().connection().close();
      }
    });
    request.addEndHandler(done -> request.vertx().cancelTimer(watch));
    request.next();
  }
}
