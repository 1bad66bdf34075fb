package org.answerprint.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeBaseTest {

  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  @Test
  void aDurationIsRoundedDownToNanoseconds() {
    TimeBase thirds = new TimeBase(1, 3);
    assertThat(thirds.duration(1)).isEqualTo(Duration.ofNanos(333_333_333));
    assertThat(thirds.duration(-1)).isEqualTo(Duration.ofNanos(-333_333_334));
    assertThat(thirds.duration(-3)).isEqualTo(Duration.ofSeconds(-1));
    assertThat(new TimeBase(1001, 30_000).duration(30)).isEqualTo(Duration.ofMillis(1001));
  }

  @Test
  void shortTicksMayLastForHours() {
    assertThat(new TimeBase(1, 10_000_000).duration(20_000_000_000L)).isEqualTo(Duration.ofSeconds(2000));
    assertThat(new TimeBase(1, Integer.MAX_VALUE).duration(Long.MAX_VALUE)).isGreaterThan(Duration.ofDays(49_000));
  }

  @Test
  void anyDurationIsExact() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      int num = i % 2 == 0 ? 1 : 1 + random.nextInt(Integer.MAX_VALUE);
      int den = 1 + random.nextInt(i % 3 == 0 ? 100_000 : Integer.MAX_VALUE);
      long ticks = random.nextLong() >> (num == 1 ? random.nextInt(40) : 32);
      BigInteger nanos = new BigDecimal(BigInteger.valueOf(ticks).multiply(BigInteger.valueOf(num)).multiply(NANOS))
          .divide(BigDecimal.valueOf(den), 0, RoundingMode.FLOOR).toBigIntegerExact();
      Duration found = new TimeBase(num, den).duration(ticks);
      assertThat(BigInteger.valueOf(found.getSeconds()).multiply(NANOS).add(BigInteger.valueOf(found.getNano())))
          .as("%d ticks of %d/%d s", ticks, num, den).isEqualTo(nanos);
    }
  }

  @Test
  void whatIsLongerThanADurationIsSaid() {
    assertThatThrownBy(() -> new TimeBase(2, 1).duration(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
  }
}
