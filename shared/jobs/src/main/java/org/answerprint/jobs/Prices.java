package org.answerprint.jobs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * What a worker costs, and how fast it is. Immutable.
 *
 * @param perSecond of a worker, 0 or more; 0 where nobody asks
 * @param currency that it is in, three capital letters
 * @param gigaflops 10^9 operations a second that networks reach on a worker, more than 0
 */
public record Prices(BigDecimal perSecond, String currency, double gigaflops) {

  /** What a processor's core reaches at least with the models that were measured ({@code EffortBenchmark} in methods). */
  public static final double ONE_CORE = 30;

  /** Of a worker that costs nothing. */
  public static final Prices NONE = new Prices(BigDecimal.ZERO, "USD", ONE_CORE);

  private static final int DIGITS = 6;

  public Prices {
    Objects.requireNonNull(perSecond, "perSecond");
    if (perSecond.signum() < 0 || !currency.matches("[A-Z]{3}") || !(gigaflops > 0)) {
      throw new IllegalArgumentException("no prices: " + perSecond + " " + currency + " a second at " + gigaflops + " gigaflops");
    }
  }

  /** Whether seconds cost anything. */
  public boolean charge() {
    return perSecond.signum() > 0;
  }

  /** What these seconds of a worker cost, to the millionth. */
  public BigDecimal cost(double seconds) {
    return plain(perSecond.multiply(BigDecimal.valueOf(seconds)).setScale(DIGITS, RoundingMode.HALF_UP));
  }

  /** For people: {@code 0.0123 USD}. */
  public String words(BigDecimal cost) {
    return plain(cost).toPlainString() + " " + currency;
  }

  private static BigDecimal plain(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
  }
}
