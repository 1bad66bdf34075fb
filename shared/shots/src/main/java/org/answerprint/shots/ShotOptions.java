package org.answerprint.shots;

import java.time.Duration;

/**
 * What may be chosen about finding shots.
 *
 * @param minimumShot no shot shorter than this is reported, but for a film that is shorter itself; zero or more
 */
public record ShotOptions(Duration minimumShot) {

  public ShotOptions {
    if (minimumShot.isNegative()) {
      throw new IllegalArgumentException("the shortest shot cannot last " + minimumShot);
    }
  }

  /** Shots of at least 0.08 s: two frames at 25 per second, five at 60. */
  public static ShotOptions defaults() {
    return new ShotOptions(Duration.ofMillis(80));
  }
}
