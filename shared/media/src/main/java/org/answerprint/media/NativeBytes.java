package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EACCES;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXTERNAL;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.answerprint.faults.RequestFault;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVFormatContext.Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Gives a {@link ByteSource} to FFmpeg. What the source throws cannot cross native frames, so it is kept and thrown
 * again by {@link #check}. The time spent in the source does not count against the deadline.
 */
final class NativeBytes implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final Map<Long, NativeBytes> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong IDS = new AtomicLong();
  private static final Read READ = new Read();
  private static final Seek SEEK = new Seek();
  private static final Interrupt INTERRUPT = new Interrupt();
  private static final Deny DENY = new Deny();

  private final long id = IDS.incrementAndGet();
  private final Pointer opaque = new Id(id);
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteSource source;
  private final long allowedNanos;
  private final AVIOContext context;
  private long position;
  private long deadline;
  private boolean late;
  private Throwable fault;

  NativeBytes(ByteSource source, int allowedSeconds) {
    this.source = source;
    this.allowedNanos = allowedSeconds * 1_000_000_000L;
    restartClock();
    OPEN.put(id, this);
    BytePointer memory = new BytePointer(Native.made(av_malloc(BUFFER_BYTES), "a read buffer"));
    context = Native.made(
        avio_alloc_context(memory, BUFFER_BYTES, 0, opaque, READ, (Write_packet_Pointer_BytePointer_int) null, SEEK),
        "a reader");
  }

  /** Makes a format context read from here, and open nothing else. */
  void attach(AVFormatContext format) {
    format.pb(context);
    format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
    format.interrupt_callback().callback(INTERRUPT);
    format.interrupt_callback().opaque(opaque);
    format.io_open(DENY);
  }

  /** Gives the next step its full time. */
  void restartClock() {
    deadline = System.nanoTime() + allowedNanos;
  }

  /** Throws what went wrong in the source, or that time ran out. */
  void check() {
    Throwable thrown = fault;
    fault = null;
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    if (late || overdue()) {
      throw new RequestFault("the file keeps a decoder busy for more than " + allowedNanos / 1_000_000_000L
          + " s without a picture; encode it again");
    }
  }

  private boolean overdue() {
    late |= System.nanoTime() > deadline;
    return late;
  }

  private int read(BytePointer into, int wanted) {
    if (fault != null || overdue()) {
      return AVERROR_EXIT();
    }
    long before = System.nanoTime();
    try {
      int count = source.read(position, buffer, 0, Math.min(wanted, buffer.length));
      if (count <= 0) {
        return AVERROR_EOF();
      }
      into.put(buffer, 0, count);
      position += count;
      return count;
    } catch (RuntimeException | Error e) {
      fault = e;
      return AVERROR_EXTERNAL();
    } finally {
      deadline += System.nanoTime() - before;
    }
  }

  private long seek(long offset, int whence) {
    if ((whence & AVSEEK_SIZE) != 0) {
      return source.size();
    }
    long target = switch (whence & 3) {
      case 0 -> offset;
      case 1 -> position + offset;
      default -> source.size() + offset;
    };
    if (target < 0) {
      return -1;
    }
    position = target;
    return target;
  }

  @Override
  public void close() {
    OPEN.remove(id);
    BytePointer memory = context.buffer();
    context.buffer(new BytePointer());
    av_free(memory);
    avio_context_free(context);
  }

  private static final class Id extends Pointer {
    Id(long id) {
      address = id;
    }
  }

  private static final class Read extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer into, int wanted) {
      NativeBytes bytes = OPEN.get(opaque.address());
      return bytes == null ? AVERROR_EXTERNAL() : bytes.read(into, wanted);
    }
  }

  private static final class Seek extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int whence) {
      NativeBytes bytes = OPEN.get(opaque.address());
      return bytes == null ? AVERROR_EXTERNAL() : bytes.seek(offset, whence);
    }
  }

  private static final class Interrupt extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer opaque) {
      NativeBytes bytes = OPEN.get(opaque.address());
      return bytes == null || bytes.fault != null || bytes.overdue() ? 1 : 0;
    }
  }

  private static final class Deny extends Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer {
    @SuppressWarnings("rawtypes")
    @Override
    public int call(AVFormatContext format, PointerPointer into, BytePointer url, int flags, PointerPointer options) {
      return AVERROR_EACCES();
    }
  }
}
