package org.answerprint.networks;

/**
 * A self-attention layer of a UNet, as a port names it.
 *
 * @param id {@code d{b}a{j}} for attention j of encoder block b, {@code m} in the middle, {@code u{b}a{j}} in the decoder
 * @param path of its transformer, such as {@code up_blocks.1.attentions.0}
 * @param halvings how often height and width were halved before it: its tokens are the places that are left
 * @param channels of a token
 * @param heads that share them
 */
public record AttentionLayer(String id, String path, int halvings, int channels, int heads) {

  /** Whether it stands in the decoder. */
  public boolean isDecoder() {
    return id.startsWith("u");
  }

  /** How many tokens a latent of this size has there; odd lengths are rounded up at each halving. */
  public long tokens(long height, long width) {
    return halved(height, halvings) * halved(width, halvings);
  }

  /** A length after so many halvings of a UNet. */
  static long halved(long length, int times) {
    return times == 0 ? length : halved((length + 1) / 2, times - 1);
  }
}
