package org.answerprint.jobs;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.answerprint.events.ObjectVersion;
import org.answerprint.media.MediaInfo;

/**
 * One upload that a job reads.
 *
 * @param object which object, and which version of it
 * @param tag the ETag that every read is pinned to
 * @param still whether it is a picture, shown for {@code length}
 * @param info what probing found
 * @param length how much of it from its start is used, or empty for all
 */
public record SourceFilm(ObjectVersion object, String tag, boolean still, MediaInfo info, Optional<Duration> length) {

  public SourceFilm {
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(tag, "tag");
    Objects.requireNonNull(info, "info");
    Objects.requireNonNull(length, "length");
  }
}
