package org.answerprint.binding;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;

/** Where facts travel over SQS, starts a poller for each message that may be worked on at once; else does nothing. */
@ApplicationScoped
public class SqsIntake {

  private final Stage stage;
  private final Instance<Takers> takers;
  private final List<SqsPoller> pollers = new ArrayList<>();

  @Inject
  public SqsIntake(Stage stage, Instance<Takers> takers) {
    this.stage = stage;
    this.takers = takers;
  }

  void start(@Observes StartupEvent event) {
    if (stage.settings().transport() == StageSettings.Transport.SQS) {
      takers.stream().flatMap(each -> each.takers().stream()).forEach(this::start);
    }
  }

  private void start(Taker taker) {
    for (int i = 1; i <= taker.atOnce(); i++) {
      SqsPoller poller = new SqsPoller(stage, taker, i);
      poller.start();
      pollers.add(poller);
    }
  }

  @PreDestroy
  void stop() {
    pollers.forEach(SqsPoller::close);
  }
}
