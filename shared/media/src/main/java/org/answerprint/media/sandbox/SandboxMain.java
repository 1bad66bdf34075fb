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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import org.answerprint.media.VideoReader;

/**
 * The decoding child: opens the one film it is told of, answers one request after another over its standard streams,
 * and ends with them. It is started by {@link SandboxedVideo}, never by people.
 */
public final class SandboxMain {

  private static final int BLOCK_BYTES = 1 << 18;
  private static final int BLOCKS = 16;

  private final DataInputStream in;
  private final DataOutputStream out;

  private SandboxMain(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Raises the walls, then serves the parent, whose process id is the argument, until it closes the pipe. */
  public static void main(String[] arguments) throws IOException {
    System.setOut(System.err);
    int walls = Walls.raise();
    if (SystemCalls.known()) {
      Orphan.endWithout(Long.parseLong(arguments[0]));
    }
    SandboxMain child = new SandboxMain(
        new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in), 1 << 16)),
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)));
    try {
      child.serve(walls);
    } catch (EOFException e) {
      // the parent is done
    }
  }

  private void serve(int walls) throws IOException {
    out.writeByte(Message.WALLS);
    out.writeInt(walls);
    if (in.readByte() != Message.OPEN) {
      throw new IOException("the first message opens a film");
    }
    long size = in.readLong();
    Limits limits = Wire.read(in, Limits.class);
    try (VideoReader film = VideoReader.open(CachedBytes.of(new RemoteBytes(in, out, size), BLOCK_BYTES, BLOCKS),
        limits)) {
      out.writeByte(Message.INFO);
      Wire.write(out, film.info());
      out.flush();
      for (;;) {
        answer(film, in.readByte());
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

  private void scan(VideoFile film) throws IOException {
    long from = in.readLong();
    long to = in.readLong();
    ReadReport report = film.scan(from, to, Wire.read(in, FrameSpec.class), this::frame);
    out.writeByte(Message.REPORT);
    Wire.write(out, report);
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
