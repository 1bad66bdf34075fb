package org.answerprint.recipe;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them, to exact durations and back; never through floating point. */
final class Times {

  static final String ALLOWED = "a time such as 3s, 2.5s, 250ms, 1m30s or 0:01:30, up to 24h";

  private static final Pattern UNITS = Pattern.compile("(?=[0-9])(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?"
      + "(?:([0-9]{1,6}(?:\\.[0-9]{1,9})?)s)?(?:([0-9]{1,9}(?:\\.[0-9]{1,6})?)ms)?");
  private static final Pattern CLOCK =
      Pattern.compile("(?:([0-9]{1,6}):)?([0-5]?[0-9]):([0-5][0-9](?:\\.[0-9]{1,9})?)()");
  private static final BigDecimal[] NANOS = {
      new BigDecimal("3600000000000"), new BigDecimal("60000000000"), new BigDecimal("1000000000"),
      new BigDecimal("1000000")};

  private Times() {}

  /** The duration, from 0 to 24 h, or empty where the text is none. */
  static Optional<Duration> parse(String text) {
    return match(UNITS, text).or(() -> match(CLOCK, text))
        .filter(duration -> duration.compareTo(Limits.TIME_MAX) <= 0);
  }

  /** Both ends of {@code 5s-9s}, or empty where the text is no range that starts before it ends. */
  static Optional<ShotMatch.ByTime> parseRange(String text) {
    String[] ends = text.split("-", -1);
    if (ends.length != 2) {
      return Optional.empty();
    }
    return parse(ends[0].strip()).flatMap(from -> parse(ends[1].strip())
        .filter(to -> from.compareTo(to) < 0)
        .map(to -> new ShotMatch.ByTime(from, to)));
  }

  /** The one way to write a duration: decimal seconds, such as {@code 2.5s}. */
  static String format(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString() + "s";
  }

  private static Optional<Duration> match(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal nanos = BigDecimal.ZERO;
    for (int unit = 0; unit < NANOS.length; unit++) {
      String amount = matcher.group(unit + 1);
      if (amount != null && !amount.isEmpty()) {
        nanos = nanos.add(NANOS[unit].multiply(new BigDecimal(amount)));
      }
    }
    return Optional.of(Duration.ofNanos(nanos.longValueExact()));
  }
}
