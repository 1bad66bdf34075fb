package org.answerprint.transport.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.junit.jupiter.api.Test;

class InMemoryFactPublisherTest {

  @Test
  void keepsWhatWasPublishedInOrder() {
    JobId job = new JobId("job");
    try (InMemoryFactPublisher facts = new InMemoryFactPublisher()) {
      facts.publish(new Fact.ShotFound(job, 1));
      facts.publish(new Fact.FilmPlanned(job));
      facts.publish(new Fact.ShotFound(job, 2));
      assertThat(facts.published()).containsExactly(
          new Fact.ShotFound(job, 1), new Fact.FilmPlanned(job), new Fact.ShotFound(job, 2));
      assertThat(facts.published(Fact.ShotFound.class)).extracting(Fact.ShotFound::shot).containsExactly(1, 2);
    }
  }
}
