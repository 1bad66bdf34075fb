package org.answerprint.pix2video;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.answerprint.faults.RequestFault;

/**
 * All that a run knows between two steps. It goes on from here to the very bits that it would have come to without a break,
 * given the same clip, texts and settings on the same engine: it is up to whoever keeps a checkpoint to keep it under a name
 * that stands for these.
 *
 * @param done steps finished, those of the inversion and then those of the edit
 * @param latents {@code [frames, 4, h, w]} after them; not copied, and not to be written to
 */
public record Checkpoint(int done, float[] latents) {

  private static final int MARK = 0x31563250;
  private static final int HEADER = 3 * Integer.BYTES;

  /** @throws RequestFault where the number of steps is negative */
  public Checkpoint {
    if (done < 0) {
      throw new RequestFault("a checkpoint after %d steps cannot be; start from the beginning".formatted(done));
    }
  }

  /** Before the first step. */
  public static Checkpoint start(Clip clip) {
    return new Checkpoint(0, clip.latents());
  }

  /** Little-endian: the bytes P2V1, the steps done and the number of elements as INT32, the elements as FLOAT32. */
  public byte[] toBytes() {
    ByteBuffer bytes = littleEndian(new byte[Math.toIntExact(HEADER + (long) Float.BYTES * latents.length)]);
    bytes.putInt(MARK).putInt(done).putInt(latents.length).asFloatBuffer().put(latents);
    return bytes.array();
  }

  /** What {@link #toBytes} gave. @throws RequestFault where it did not give these bytes */
  public static Checkpoint of(byte[] stored) {
    ByteBuffer bytes = littleEndian(stored);
    boolean whole = stored.length >= HEADER && bytes.getInt() == MARK && bytes.getInt(Integer.BYTES) >= 0
        && HEADER + (long) Float.BYTES * bytes.getInt(2 * Integer.BYTES) == stored.length;
    if (!whole) {
      throw new RequestFault("these %d bytes are no whole checkpoint; start from the beginning".formatted(stored.length));
    }
    float[] latents = new float[bytes.getInt(2 * Integer.BYTES)];
    bytes.position(HEADER).asFloatBuffer().get(latents);
    return new Checkpoint(bytes.getInt(Integer.BYTES), latents);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
