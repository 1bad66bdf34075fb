package org.answerprint.webhooks;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Tells addresses of the open internet from all others: one's own machine and network, the metadata service of a cloud, and ranges that
 * stand for or wrap others. Stateless.
 */
final class PublicAddress {

  /** The ranges of IPv4 that are not globally reachable (RFC 6890 and its registry), multicast and what is reserved. */
  private static final List<Range> CLOSED_4 = List.of(
      Range.of(8, 0), Range.of(8, 10), Range.of(10, 100, 64), Range.of(8, 127), Range.of(16, 169, 254), Range.of(12, 172, 16),
      Range.of(24, 192, 0, 0), Range.of(24, 192, 0, 2), Range.of(24, 192, 88, 99), Range.of(16, 192, 168), Range.of(15, 198, 18),
      Range.of(24, 198, 51, 100), Range.of(24, 203, 0, 113), Range.of(3, 224));

  /** Of IPv6, global unicast alone is open, without what wraps IPv4 (Teredo, 6to4), and without ranges for documents and protocols. */
  private static final Range OPEN_6 = Range.of(3, 0x20);
  private static final List<Range> CLOSED_6 = List.of(
      Range.of(23, 0x20, 0x01), Range.of(32, 0x20, 0x01, 0x0d, 0xb8), Range.of(16, 0x20, 0x02), Range.of(20, 0x3f, 0xff));

  private PublicAddress() {}

  static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? CLOSED_4.stream().noneMatch(range -> range.holds(bytes))
        : OPEN_6.holds(bytes) && CLOSED_6.stream().noneMatch(range -> range.holds(bytes));
  }

  private record Range(int bits, byte[] start) {

    static Range of(int bits, int... start) {
      byte[] bytes = new byte[16];
      for (int i = 0; i < start.length; i++) {
        bytes[i] = (byte) start[i];
      }
      return new Range(bits, bytes);
    }

    boolean holds(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        if (((address[bit / 8] ^ start[bit / 8]) >> 7 - bit % 8 & 1) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
