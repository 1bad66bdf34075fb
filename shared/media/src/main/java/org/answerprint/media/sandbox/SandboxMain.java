package org.answerprint.media.sandbox;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.answerprint.faults.Fault;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.RawFrame;
import org.answerprint.media.AudioPacket;
import org.answerprint.media.AudioReader;
import org.answerprint.media.CachedBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.PcmChunk;
import org.answerprint.media.PcmReader;
import org.answerprint.media.ReadReport;
import org.answerprint.media.TrackPacket;
import org.answerprint.media.TrackReader;
import org.answerprint.media.VideoFile;
import org.answerprint.media.VideoInfo;
import org.answerprint.media.VideoReader;

/**
 * The decoding child: opens the one film it is told of, answers one request after another over its standard streams,
 * and ends with them. It is started by {@link SandboxedVideo}, never by people.
 */
public final class SandboxMain {

  private static final int BLOCK_BYTES = 1 << 18;
  private static final int BLOCKS = 16;

  private final FromParent parent;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Optional<MemorySegment> memory;

  private SandboxMain(FromParent parent, DataOutputStream out, Optional<MemorySegment> memory) {
    this.parent = parent;
    this.in = parent.fields();
    this.out = out;
    this.memory = memory;
  }

  /**
   * Raises the walls, then serves the parent until it closes the pipe. The arguments are its process id, and the path of
   * the memory that it shares, or nothing.
   */
  public static void main(String[] arguments) throws IOException {
    System.setOut(System.err);
    Optional<MemorySegment> memory = SharedPictures.open(arguments[1]);
    int walls = Walls.raise() | (memory.isPresent() ? Walls.MEMORY : 0);
    if (SystemCalls.known()) {
      Orphan.endWithout(Long.parseLong(arguments[0]));
    }
    SandboxMain child = new SandboxMain(
        new FromParent(new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in), 1 << 16))),
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)), memory);
    try {
      child.serve(walls);
    } catch (EOFException e) {
      // the parent is done
    }
  }

  private void serve(int walls) throws IOException {
    out.writeByte(Message.WALLS);
    out.writeInt(walls);
    if (parent.kind() != Message.OPEN) {
      throw new IOException("the first message opens a film");
    }
    long size = in.readLong();
    Limits limits = Wire.read(in, Limits.class);
    SignOfLife sign = new SignOfLife(out, Duration.ofSeconds(in.readInt()));
    try (VideoReader film = VideoReader.open(CachedBytes.of(new RemoteBytes(parent, out, size), BLOCK_BYTES, BLOCKS),
        limits)) {
      film.whenPassed(() -> sign.give(System.nanoTime()));
      out.writeByte(Message.INFO);
      Wire.write(out, film.info());
      out.flush();
      for (;;) {
        answer(film, parent.kind());
        out.flush();
      }
    } catch (EOFException e) {
      throw e;
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void answer(VideoReader film, int request) throws IOException {
    try {
      switch (request) {
        case Message.SCAN -> scan(film);
        case Message.AUDIO -> audio(film);
        case Message.PCM -> pcm(film);
        case Message.TRACKS -> tracks(film);
        default -> throw new IOException("no such request: " + request);
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void scan(VideoReader film) throws IOException {
    long from = in.readLong();
    long to = in.readLong();
    FrameSpec spec = Wire.read(in, FrameSpec.class);
    int bytes = pictureBytes(spec, film.info().video());
    boolean share = memory.isPresent() && SharedPictures.slots(bytes) > 0;
    ReadReport report = share
        ? film.scan(from, to, spec, new PictureSlots(memory.get(), bytes, parent, out))
        : film.scan(from, to, spec, this::frame);
    out.writeByte(Message.REPORT);
    Wire.write(out, report);
  }

  private static int pictureBytes(FrameSpec spec, VideoInfo video) {
    return spec.format().frameBytes(spec.width() == 0 ? video.width() : spec.width(), spec.height() == 0 ? video.height() : spec.height());
  }

  private void frame(RawFrame frame, boolean key) {
    try {
      out.writeByte(Message.FRAME);
      out.writeLong(frame.pts());
      out.writeLong(frame.duration());
      out.writeBoolean(key);
      out.write(frame.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void audio(VideoFile film) throws IOException {
    try (AudioReader reader = film.audio(in.readInt())) {
      out.writeByte(Message.FORMAT);
      Wire.write(out, reader.format());
      for (Optional<AudioPacket> next = reader.next(); next.isPresent(); next = reader.next()) {
        out.writeByte(Message.PACKET);
        Wire.write(out, next.get());
      }
    }
    out.writeByte(Message.END);
  }

  private void tracks(VideoFile film) throws IOException {
    try (TrackReader reader = film.tracks(Wire.read(in, Tracks.Asked.class).streams())) {
      out.writeByte(Message.FORMAT);
      Wire.write(out, new Tracks.Formats(reader.formats()));
      for (Optional<TrackPacket> next = reader.next(); next.isPresent(); next = reader.next()) {
        out.writeByte(Message.PACKET);
        Wire.write(out, next.get());
      }
    }
    out.writeByte(Message.END);
  }

  private void pcm(VideoFile film) throws IOException {
    try (PcmReader reader = film.pcm(in.readInt(), in.readInt(), in.readInt())) {
      for (Optional<PcmChunk> next = reader.next(); next.isPresent(); next = reader.next()) {
        float[] samples = next.get().samples();
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * Float.BYTES);
        bytes.asFloatBuffer().put(samples);
        out.writeByte(Message.CHUNK);
        out.writeLong(next.get().position());
        Wire.writeBytes(out, bytes.array());
      }
    }
    out.writeByte(Message.END);
  }

  /** A child does nothing but read one file, so what it stumbles over is that file's. */
  private void fail(RuntimeException e) throws IOException {
    String message = e instanceof RequestFault ? e.getMessage()
        : "the file could not be decoded safely (" + (e instanceof Fault ? e.getMessage() : e.toString()) + "); encode it again";
    out.writeByte(Message.REQUEST_FAULT);
    Wire.writeBytes(out, message.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
