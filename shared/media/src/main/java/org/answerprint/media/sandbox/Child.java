package org.answerprint.media.sandbox;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.answerprint.faults.Fault;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.KilledFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.media.ByteSource;

/** One running decoder process, seen from the parent: messages in and out, its reads served, killed when silent. */
final class Child implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Child.class.getName());
  private static final AtomicBoolean LACKS_SAID = new AtomicBoolean();
  /** Exit codes: what Java says, or 128 and the signal. */
  private static final int OUT_OF_HEAP = 3;
  private static final int HUNG_UP = 128 + 1;
  private static final int INTERRUPTED = 128 + 2;
  private static final int ILLEGAL_INSTRUCTION = 128 + 4;
  private static final int ABORTED = 128 + 6;
  private static final int BUS_ERROR = 128 + 7;
  private static final int ARITHMETIC_ERROR = 128 + 8;
  private static final int KILLED = 128 + 9;
  private static final int SEGMENTATION_FAULT = 128 + 11;
  private static final int ENDED = 128 + 15;
  private static final int TIME_USED_UP = 128 + 24;
  /** Signals that a process gets from others, not of what it does. */
  private static final Set<Integer> FROM_OUTSIDE = Set.of(HUNG_UP, INTERRUPTED, KILLED, ENDED);

  private final ByteSource source;
  private final SandboxSettings settings;
  private final Process process;
  private final DataInputStream in;
  private final DataOutputStream out;
  private byte[] buffer = new byte[0];
  private boolean ready;
  private boolean killed;
  private final Silence silence;
  private Optional<SharedPictures> memory = SharedPictures.create();

  Child(ByteSource source, SandboxSettings settings) {
    this.source = source;
    this.settings = settings;
    try {
      process = ChildCommand.decoder(settings, memory.map(SharedPictures::path).orElse("")).start();
    } catch (IOException | RuntimeException e) {
      dropMemory();
      throw e instanceof Fault fault ? fault : new InternalFault("a decoder process could not be started (" + e.getMessage() + ")", e);
    }
    silence = new Silence(process, settings.silenceSeconds());
    in = new DataInputStream(new BufferedInputStream(silence.watch(process.getInputStream()), 1 << 16));
    out = new DataOutputStream(new BufferedOutputStream(silence.watch(process.getOutputStream()), 1 << 16));
  }

  /** Something that talks over the pipe. */
  interface Talk<T> {
    T run() throws IOException;
  }

  /** Runs one exchange; a pipe that breaks means that the decoder died of the file. */
  <T> T talk(Talk<T> exchange) {
    try {
      return exchange.run();
    } catch (IOException e) {
      throw died(e);
    }
  }

  DataOutputStream out() {
    return out;
  }

  DataInputStream in() {
    return in;
  }

  /** The next message that is not a request for bytes; those are served on the way. Faults of the child are thrown. */
  int next() throws IOException {
    out.flush();
    for (;;) {
      int kind = in.readByte();
      switch (kind) {
        case Message.BYTES -> serve(in.readLong(), in.readInt());
        case Message.WALLS -> {
          ready(in.readInt());
        }
        case Message.ALIVE -> {
          // hearing it was enough
        }
        case Message.REQUEST_FAULT -> throw new RequestFault(Wire.readText(in));
        default -> {
          return kind;
        }
      }
    }
  }

  private void ready(int walls) {
    note(walls);
    ready = true;
    if ((walls & Walls.MEMORY) == 0) {
      dropMemory();
    }
    memory.ifPresent(SharedPictures::forgetPath);
  }

  private void dropMemory() {
    memory.ifPresent(SharedPictures::close);
    memory = Optional.empty();
  }

  /** Copies a picture out of the memory that is shared, and lets the child use its place again. */
  byte[] picture(int slot, int bytes) throws IOException {
    SharedPictures shared = memory.orElseThrow(() -> new IOException("a picture in memory that is not shared"));
    if (slot < 0 || slot >= SharedPictures.slots(bytes)) {
      throw new IOException("a picture in place " + slot);
    }
    byte[] data = shared.picture(slot, bytes);
    out.writeByte(Message.FREED);
    out.flush();
    return data;
  }

  /** Says once what this kernel lacks. */
  private static void note(int walls) {
    if ((walls & Walls.ALL) != Walls.ALL && LACKS_SAID.compareAndSet(false, true)) {
      LOG.log(System.Logger.Level.WARNING, "this kernel lacks "
          + ((walls & Walls.FILTER) == 0 ? "system call filters" : "Landlock") + ((walls & Walls.ALL) == 0 ? " and Landlock" : "")
          + ", so decoders of uploads run behind fewer walls");
    }
  }

  private void serve(long position, int length) throws IOException {
    if (position < 0 || length < 1 || length > Message.MOST_BYTES) {
      throw new IOException("a read of " + length + " bytes at " + position);
    }
    if (buffer.length < length) {
      buffer = new byte[length];
    }
    int count = position >= source.size() ? -1 : source.read(position, buffer, 0, length);
    out.writeByte(Message.DATA);
    out.writeInt(count);
    out.write(buffer, 0, Math.max(0, count));
    out.flush();
  }

  /**
   * A decoder that dies before it is ready has not read a byte of the file, so the machine is unwell, not the file; one that is ended from
   * outside may have needed more than the machine has, or been in the way.
   */
  private Fault died(IOException cause) {
    kill();
    if (!ready) {
      return new TransientFault("a decoder process ended" + exit().map(code -> " with code " + code).orElse("")
          + " before it was ready; check that this machine has memory left, or see why with"
          + " -Danswerprint.sandbox.debug=true", cause);
    }
    return endedFromOutside()
        ? new KilledFault("the decoder was killed from outside, as happens where the machine runs out of memory; give it more, or encode"
            + " the file again with smaller pictures", cause)
        : new RequestFault("the file could not be decoded safely (" + reason() + "); encode it again", cause);
  }

  /** By nobody here, and not by the hard limit of processor time, which kills what will not hear of the soft one. */
  private boolean endedFromOutside() {
    return !killed && !silence.broken() && !usedUp() && exit().filter(FROM_OUTSIDE::contains).isPresent();
  }

  private boolean usedUp() {
    return silence.usedNanos() >= TimeUnit.SECONDS.toNanos(settings.cpuSeconds());
  }

  private String reason() {
    if (silence.broken()) {
      return "the decoder worked for more than " + settings.silenceSeconds() + " s without a result";
    }
    if (killed) {
      return "the decoder sent what makes no sense";
    }
    int code = exit().orElse(0);
    return switch (code) {
      case OUT_OF_HEAP -> "it needs more than the " + settings.heapMegabytes() + " MiB that pictures may use";
      case ABORTED, BUS_ERROR, ARITHMETIC_ERROR, SEGMENTATION_FAULT, ILLEGAL_INSTRUCTION -> "the decoder crashed";
      case TIME_USED_UP, KILLED -> "it needs more than " + settings.cpuSeconds() + " s of processor time";
      default -> "the decoder ended with code " + code;
    };
  }

  private Optional<Integer> exit() {
    try {
      return process.waitFor(5, TimeUnit.SECONDS) ? Optional.of(process.exitValue()) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  long pid() {
    return process.pid();
  }

  private void kill() {
    if (process.isAlive() && !waited()) {
      killed = true;
      process.destroyForcibly();
    }
  }

  /** A child whose pipe broke is usually about to end by itself, and its exit code tells why. */
  private boolean waited() {
    try {
      return process.waitFor(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the process at once, and waits until it is gone. */
  @Override
  public void close() {
    silence.close();
    process.destroyForcibly();
    exit();
    dropMemory();
  }
}
