package org.answerprint.media.sandbox;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.media.ByteSource;

/** One running decoder process, seen from the parent: messages in and out, its reads served, killed when silent. */
final class Child implements AutoCloseable {

  private final ByteSource source;
  private final SandboxSettings settings;
  private final Path folder = ChildCommand.emptyFolder();
  private final Process process;
  private final DataInputStream in;
  private final DataOutputStream out;
  private byte[] buffer = new byte[0];
  private final Silence silence;

  Child(ByteSource source, SandboxSettings settings) {
    this.source = source;
    this.settings = settings;
    try {
      process = ChildCommand.in(folder, settings).start();
    } catch (IOException e) {
      ChildCommand.delete(folder);
      throw new InternalFault("a decoder process could not be started (" + e.getMessage() + ")", e);
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
        case Message.REQUEST_FAULT -> throw new RequestFault(Wire.readText(in));
        case Message.INTERNAL_FAULT -> throw new InternalFault("a decoder failed: " + Wire.readText(in));
        default -> {
          return kind;
        }
      }
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

  private RequestFault died(IOException cause) {
    kill();
    String reason = silence.broken() ? "the decoder said nothing for " + settings.silenceSeconds() + " s"
        : "the decoder ended" + exit();
    return new RequestFault("the file could not be decoded safely (" + reason + "); encode it again", cause);
  }

  private String exit() {
    try {
      return process.waitFor(5, TimeUnit.SECONDS) ? " with code " + process.exitValue() : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  long pid() {
    return process.pid();
  }

  private void kill() {
    if (process.isAlive() && !waited()) {
      process.destroyForcibly();
    }
  }

  /** A child whose pipe broke is usually about to end by itself, and its exit code tells why. */
  private boolean waited() {
    try {
      return process.waitFor(500, TimeUnit.MILLISECONDS);
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
    ChildCommand.delete(folder);
  }
}
