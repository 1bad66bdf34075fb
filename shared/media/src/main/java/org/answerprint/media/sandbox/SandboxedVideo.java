package org.answerprint.media.sandbox;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.RawFrame;
import org.answerprint.media.AudioFormat;
import org.answerprint.media.AudioPacket;
import org.answerprint.media.AudioReader;
import org.answerprint.media.ByteSource;
import org.answerprint.media.FrameVisitor;
import org.answerprint.media.Limits;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.PcmChunk;
import org.answerprint.media.PcmReader;
import org.answerprint.media.ReadReport;
import org.answerprint.media.TrackPacket;
import org.answerprint.media.TrackReader;
import org.answerprint.media.VideoFile;

/**
 * Reads a film from a stranger: container and codecs run in a child process of bounded memory and time that has no
 * environment, no file of ours and no key; its reads of the film are served over a pipe. A child that dies becomes a
 * {@link RequestFault}, one that is killed from outside a {@link org.answerprint.faults.KilledFault}; what the source throws comes
 * through as it is. A request that is broken off (a sink that throws, a sound reader closed early) ends the child, and the next request
 * starts another.
 */
public final class SandboxedVideo implements VideoFile {

  private final ByteSource source;
  private final Limits limits;
  private final SandboxSettings settings;
  private final MediaInfo info;
  private Optional<Child> child = Optional.empty();
  private boolean busy;

  private SandboxedVideo(ByteSource source, Limits limits, SandboxSettings settings) {
    this.source = source;
    this.limits = limits;
    this.settings = settings;
    this.info = start();
  }

  /** Opens a film with the standard settings. Owns the source from here on, also where this fails. */
  public static SandboxedVideo open(ByteSource source, Limits limits) {
    return open(source, limits, SandboxSettings.STANDARD);
  }

  /**
   * Opens a film. Owns the source from here on, also where this fails.
   *
   * @throws RequestFault where it is no video, breaks a limit, or kills its decoder
   */
  public static SandboxedVideo open(ByteSource source, Limits limits, SandboxSettings settings) {
    try {
      return new SandboxedVideo(source, limits, settings);
    } catch (RuntimeException | Error e) {
      source.close();
      throw e;
    }
  }

  private MediaInfo start() {
    return request(null, false, fresh -> {
      fresh.out().writeByte(Message.OPEN);
      fresh.out().writeLong(source.size());
      Wire.write(fresh.out(), limits);
      fresh.out().writeInt(settings.silenceSeconds());
      expect(fresh.next(), Message.INFO);
      MediaInfo found = Wire.read(fresh.in(), MediaInfo.class);
      if ((long) found.video().width() * found.video().height() > limits.maxPixels()) {
        throw new IOException("a picture that is larger than allowed");
      }
      return found;
    });
  }

  @Override
  public MediaInfo info() {
    return info;
  }

  private interface Exchange<T> {
    T with(Child child) throws IOException;
  }

  private <T> T request(MediaInfo known, boolean keepBusy, Exchange<T> exchange) {
    if (busy) {
      throw new IllegalStateException("a sound reader of this film is still open");
    }
    if (child.isEmpty()) {
      child = Optional.of(new Child(source, settings));
      if (known != null) {
        start();
      }
    }
    Child now = child.get();
    boolean whole = false;
    try {
      T result = now.talk(() -> exchange.with(now));
      whole = true;
      busy = keepBusy;
      return result;
    } finally {
      if (!whole) {
        end();
      }
    }
  }

  private void end() {
    busy = false;
    child.ifPresent(Child::close);
    child = Optional.empty();
  }

  private static void expect(int kind, int wanted) throws IOException {
    if (kind != wanted) {
      throw new IOException("message " + kind + " where " + wanted + " was due");
    }
  }

  @Override
  public ReadReport scan(long from, long to, FrameSpec spec, FrameVisitor visitor) {
    return request(info, false, decoder -> {
      DataOutputStream out = decoder.out();
      out.writeByte(Message.SCAN);
      out.writeLong(from);
      out.writeLong(to);
      Wire.write(out, spec);
      int kind;
      while ((kind = decoder.next()) == Message.FRAME || kind == Message.SHARED_FRAME) {
        visit(decoder, kind == Message.SHARED_FRAME, spec, visitor);
      }
      expect(kind, Message.REPORT);
      return Wire.read(decoder.in(), ReadReport.class);
    });
  }

  private void visit(Child decoder, boolean shared, FrameSpec spec, FrameVisitor visitor) throws IOException {
    DataInputStream in = decoder.in();
    int width = spec.width() == 0 ? info.video().width() : spec.width();
    int height = spec.height() == 0 ? info.video().height() : spec.height();
    int bytes = spec.format().frameBytes(width, height);
    int slot = shared ? in.readInt() : 0;
    long pts = in.readLong();
    long duration = in.readLong();
    boolean key = in.readBoolean();
    byte[] data = shared ? decoder.picture(slot, bytes) : in.readNBytes(bytes);
    if (data.length < bytes) {
      throw new EOFException("a picture that breaks off");
    }
    visitor.visit(new RawFrame(spec.format(), width, height, pts, duration, data), key);
  }

  @Override
  public AudioReader audio(int stream) {
    AudioFormat format = request(info, true, decoder -> {
      decoder.out().writeByte(Message.AUDIO);
      decoder.out().writeInt(stream);
      expect(decoder.next(), Message.FORMAT);
      return Wire.read(decoder.in(), AudioFormat.class);
    });
    return new Packets(format);
  }

  @Override
  public TrackReader tracks(List<Integer> streams) {
    List<AudioFormat> formats = request(info, true, decoder -> {
      decoder.out().writeByte(Message.TRACKS);
      Wire.write(decoder.out(), new Tracks.Asked(streams));
      expect(decoder.next(), Message.FORMAT);
      return Wire.read(decoder.in(), Tracks.Formats.class).formats();
    });
    if (formats.size() != streams.size()) {
      end();
      throw new RequestFault("the file could not be decoded safely (it has other sound tracks now); encode it again");
    }
    return new TrackPackets(formats);
  }

  @Override
  public PcmReader pcm(int stream, int sampleRate, int channels) {
    request(info, true, decoder -> {
      decoder.out().writeByte(Message.PCM);
      decoder.out().writeInt(stream);
      decoder.out().writeInt(sampleRate);
      decoder.out().writeInt(channels);
      return true;
    });
    return new Chunks();
  }

  /** The process id of the child that is running, for tests that kill it. */
  Optional<Long> childPid() {
    return child.map(Child::pid);
  }

  /** Ends the child and closes the source. */
  @Override
  public void close() {
    end();
    source.close();
  }

  /** What comes one by one until the end; closed before that, the child is ended. */
  private abstract class Sequence<T> {
    private boolean ended;

    Optional<T> advance(int kind) {
      if (ended) {
        return Optional.empty();
      }
      boolean whole = false;
      try {
        Child decoder = child.orElseThrow(() -> new InternalFault("the film was closed before its sound"));
        Optional<T> next = decoder.talk(() -> {
          int found = decoder.next();
          if (found == Message.END) {
            return Optional.empty();
          }
          expect(found, kind);
          return Optional.of(read(decoder.in()));
        });
        whole = true;
        if (next.isEmpty()) {
          ended = true;
          busy = false;
        }
        return next;
      } finally {
        if (!whole) {
          breakOff();
        }
      }
    }

    abstract T read(DataInputStream in) throws IOException;

    void breakOff() {
      if (!ended) {
        ended = true;
        end();
      }
    }
  }

  private final class Packets extends Sequence<AudioPacket> implements AudioReader {
    private final AudioFormat format;

    Packets(AudioFormat format) {
      this.format = format;
    }

    @Override
    public AudioFormat format() {
      return format;
    }

    @Override
    public Optional<AudioPacket> next() {
      return advance(Message.PACKET);
    }

    @Override
    AudioPacket read(DataInputStream in) throws IOException {
      return Wire.read(in, AudioPacket.class);
    }

    @Override
    public void close() {
      breakOff();
    }
  }

  private final class TrackPackets extends Sequence<TrackPacket> implements TrackReader {
    private final List<AudioFormat> formats;

    TrackPackets(List<AudioFormat> formats) {
      this.formats = List.copyOf(formats);
    }

    @Override
    public List<AudioFormat> formats() {
      return formats;
    }

    @Override
    public Optional<TrackPacket> next() {
      return advance(Message.PACKET);
    }

    @Override
    TrackPacket read(DataInputStream in) throws IOException {
      TrackPacket packet = Wire.read(in, TrackPacket.class);
      if (packet.track() < 0 || packet.track() >= formats.size()) {
        throw new IOException("a packet of track " + packet.track());
      }
      return packet;
    }

    @Override
    public void close() {
      breakOff();
    }
  }

  private final class Chunks extends Sequence<PcmChunk> implements PcmReader {
    @Override
    public Optional<PcmChunk> next() {
      return advance(Message.CHUNK);
    }

    @Override
    PcmChunk read(DataInputStream in) throws IOException {
      long position = in.readLong();
      byte[] bytes = Wire.readBytes(in);
      float[] samples = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).asFloatBuffer().get(samples);
      return new PcmChunk(position, samples);
    }

    @Override
    public void close() {
      breakOff();
    }
  }
}
