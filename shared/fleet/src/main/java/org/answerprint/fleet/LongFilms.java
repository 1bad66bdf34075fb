package org.answerprint.fleet;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.VideoInfo;

/**
 * Films that a function has no time for, and what does its work instead.
 *
 * @param limit films that are longer are long
 * @param queue of the batch service
 * @param extract the definition that finds shots
 * @param assemble the definition that joins parts
 */
public record LongFilms(Duration limit, String queue, String extract, String assemble) {

  public LongFilms {
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(queue, "queue");
    Objects.requireNonNull(extract, "extract");
    Objects.requireNonNull(assemble, "assemble");
  }

  /** A stage that may be done elsewhere. */
  public enum Work {
    EXTRACT("extract"), ASSEMBLE("assemble");

    private final String stage;

    Work(String stage) {
      this.stage = stage;
    }

    /** The work of that name, or empty where it is none. */
    public static Optional<Work> of(String stage) {
      return Stream.of(values()).filter(work -> work.stage.equals(stage)).findFirst();
    }

    /** The stage's name in marks, and the job's first argument. */
    public String stage() {
      return stage;
    }
  }

  String definition(Work work) {
    return switch (work) {
      case EXTRACT -> extract;
      case ASSEMBLE -> assemble;
    };
  }

  /** Whether what an order reads is longer than the limit, by what is known before it is decoded. */
  public boolean isLong(Order order) {
    return order.sources().stream().mapToDouble(LongFilms::seconds).sum() > limit.toMillis() / 1e3;
  }

  /** What is used of a source: what a story says, else the longer of what the container says and what its frames take. */
  private static double seconds(SourceFilm source) {
    VideoInfo video = source.info().video();
    double byFrames = video.rateNum() > 0 ? (double) video.frameCount() * video.rateDen() / video.rateNum() : 0;
    return source.length().map(length -> length.toMillis() / 1e3).orElse(Math.max(source.info().durationMicros() / 1e6, byFrames));
  }
}
