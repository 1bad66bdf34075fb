package org.answerprint.media.sandbox;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import org.answerprint.media.Canvas;

/** The child's side of {@link SharedPictures}: fills one slot after another, as the parent empties them. */
final class PictureSlots implements Canvas {

  private final MemorySegment memory;
  private final int pictureBytes;
  private final int slots;
  private final FromParent in;
  private final DataOutputStream out;
  private final long freedBefore;
  private long painted;

  PictureSlots(MemorySegment memory, int pictureBytes, FromParent in, DataOutputStream out) {
    this.memory = memory;
    this.pictureBytes = pictureBytes;
    this.slots = SharedPictures.slots(pictureBytes);
    this.in = in;
    this.out = out;
    // a request comes behind the news that all pictures of the one before were taken
    this.freedBefore = in.freed();
  }

  private int slot() {
    return (int) (painted % slots);
  }

  @Override
  public MemorySegment next() {
    try {
      while (painted - (in.freed() - freedBefore) >= slots) {
        in.awaitFreed();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SharedPictures.slot(memory, slot(), pictureBytes);
  }

  @Override
  public void painted(long pts, long duration, boolean key) {
    try {
      out.writeByte(Message.SHARED_FRAME);
      out.writeInt(slot());
      out.writeLong(pts);
      out.writeLong(duration);
      out.writeBoolean(key);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    painted++;
  }
}
