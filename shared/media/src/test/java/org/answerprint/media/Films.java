package org.answerprint.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;

/** Small films made for tests. */
public final class Films {

  public static final TimeBase TICKS = new TimeBase(1, 15360);

  private Films() {
  }

  /** A picture whose four corners and inside all differ, and which moves with the index. */
  public static RawFrame picture(int width, int height, int index, long pts, long duration) {
    byte[] data = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * 3;
        data[at] = (byte) (40 + 160 * x / width);
        data[at + 1] = (byte) (40 + 160 * y / height);
        data[at + 2] = (byte) (60 + (index * 11) % 120);
      }
    }
    int left = (index * 3) % Math.max(1, width - 8);
    for (int y = height / 2; y < height / 2 + 6 && y < height; y++) {
      for (int x = left; x < left + 6 && x < width; x++) {
        data[(y * width + x) * 3] = (byte) 230;
      }
    }
    return new RawFrame(PixelFormat.RGB24, width, height, pts, duration, data);
  }

  /** Pictures at irregular times from a start on, without gaps. */
  public static List<RawFrame> irregular(int width, int height, int count, long start) {
    Random random = new Random(7);
    List<RawFrame> frames = new ArrayList<>();
    long pts = start;
    for (int i = 0; i < count; i++) {
      long duration = 300 + random.nextInt(500);
      frames.add(picture(width, height, i, pts, duration));
      pts += duration;
    }
    return frames;
  }

  public static List<RawFrame> regular(int width, int height, int count, long start, long ticks) {
    return LongStream.range(0, count).mapToObj(i -> picture(width, height, (int) i, start + i * ticks, ticks)).toList();
  }

  public static EncoderSettings settings(int width, int height, TimeBase timeBase, int bitDepth, Colour colour) {
    return EncoderSettings.choose(width, height, timeBase, 30, 1, colour, bitDepth);
  }

  public static EncoderSettings withGroup(EncoderSettings s, int group) {
    return new EncoderSettings(s.encoder(), s.pixelFormat(), s.options(), group, s.width(), s.height(), s.timeBase(),
        s.rateNum(), s.rateDen(), s.colour(), s.aspectNum(), s.aspectDen(), s.signal());
  }

  private record Clicks(int samples, int click) {}

  private record Sound(AudioFormat format, List<AudioPacket> packets) {}

  /** Many films have the same sound, and many tests the same film: each is encoded once. */
  private static final Map<Clicks, Sound> SOUNDS = new ConcurrentHashMap<>();
  private static final Map<Integer, byte[]> PLAIN = new ConcurrentHashMap<>();

  /** A tone with silence before a loud click at one sample, as AAC packets or 8-bit PCM packets. */
  public static List<AudioPacket> clicks(AacEncoderHolder holder, int samples, int click) {
    Sound sound = SOUNDS.computeIfAbsent(new Clicks(samples, click), clicks -> encoded(samples, click));
    holder.format = sound.format();
    return sound.packets();
  }

  private static Sound encoded(int samples, int click) {
    float[] sound = new float[samples * 2];
    for (int i = 0; i < samples; i++) {
      float value = i >= click && i < click + 48 ? 0.9f : 0.01f * (float) Math.sin(i * 0.05);
      sound[2 * i] = value;
      sound[2 * i + 1] = value;
    }
    List<AudioPacket> packets = new ArrayList<>();
    try (AacEncoder encoder = new AacEncoder(48000, 2, 0, packets::add)) {
      AudioFormat format = encoder.format();
      encoder.put(sound, 0, sound.length);
      encoder.finish();
      return new Sound(format, List.copyOf(packets));
    }
  }

  /** Receives the format of the packets made. */
  public static final class AacEncoderHolder {
    AudioFormat format;
  }

  /** Writes pictures, and perhaps sound that starts late, to any container. */
  public static Path write(Path file, String container, EncoderSettings settings, List<RawFrame> frames,
      Optional<AudioFormat> format, List<AudioPacket> sound, long lateSamples) {
    List<CodedPacket> packets = new ArrayList<>();
    CodedHeader header;
    try (PictureEncoder encoder = new PictureEncoder(settings, packets::add)) {
      frames.forEach(encoder::put);
      encoder.finish();
      header = encoder.header();
    }
    try (FilmMuxer muxer = new FilmMuxer(container, file, header,
        format.map(MuxedSound::only).orElse(List.of()), FilmExtras.NONE, 0)) {
      int next = 0;
      for (CodedPacket packet : packets) {
        double time = muxer.picture(packet, packet.pts());
        for (; next < sound.size() && format.orElseThrow().timeBase().seconds(sound.get(next).pts()
            + lateSamples) <= time; next++) {
          muxer.sound(0, at(sound.get(next), lateSamples), 0);
        }
      }
      for (; next < sound.size(); next++) {
        muxer.sound(0, at(sound.get(next), lateSamples), 0);
      }
      muxer.finish();
    }
    return file;
  }

  private static AudioPacket at(AudioPacket packet, long late) {
    return new AudioPacket(packet.pts() + late, packet.duration(), packet.data());
  }

  public static Path silent(Path file, String container, EncoderSettings settings, List<RawFrame> frames) {
    return write(file, container, settings, frames, Optional.empty(), List.of(), 0);
  }

  /** A short plain MP4 film with sound. */
  public static Path plain(Path file, int frames) {
    try {
      return Files.write(file, PLAIN.computeIfAbsent(frames, count -> plainBytes(file, count)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] plainBytes(Path file, int frames) {
    AacEncoderHolder holder = new AacEncoderHolder();
    List<AudioPacket> sound = clicks(holder, frames * 1600, 24000);
    write(file, "mp4", withGroup(settings(160, 96, TICKS, 8, Colour.BT709), 12), regular(160, 96, frames, 0, 512),
        Optional.of(holder.format), sound, 0);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Frames as values that equal each other where all of them does; recursive comparison takes minutes for large ones. */
  public static List<List<Object>> values(List<RawFrame> frames) {
    return frames.stream().map(f -> List.<Object>of(f.format(), f.width(), f.height(), f.pts(), f.duration(), ByteBuffer.wrap(f.data())))
        .toList();
  }

  /** Packets as values that equal each other where all of them does. */
  public static List<List<Object>> packetValues(List<AudioPacket> packets) {
    return packets.stream().map(p -> List.<Object>of(p.pts(), p.duration(), ByteBuffer.wrap(p.data()))).toList();
  }

  public static List<RawFrame> readAll(VideoFile film, PixelFormat format) {
    List<RawFrame> frames = new ArrayList<>();
    film.read(Long.MIN_VALUE, Long.MAX_VALUE, FrameSpec.sourceSize(format), frames::add);
    return frames;
  }

  public static List<RawFrame> readAll(Path file, PixelFormat format) {
    try (VideoReader film = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      return readAll(film, format);
    }
  }

  public static MediaInfo info(Path file) {
    try (VideoReader film = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      return film.info();
    }
  }

  public static List<Long> pts(List<RawFrame> frames) {
    return frames.stream().map(RawFrame::pts).toList();
  }

  public static double meanDifference(RawFrame a, RawFrame b) {
    long sum = 0;
    for (int i = 0; i < a.data().length; i++) {
      sum += Math.abs((a.data()[i] & 255) - (b.data()[i] & 255));
    }
    return (double) sum / a.data().length;
  }

  /** Overwrites bytes behind the first occurrence of a four-letter box name. */
  public static void patch(Path file, String box, int offset, byte[] bytes) throws IOException {
    byte[] film = Files.readAllBytes(file);
    int at = new String(film, StandardCharsets.ISO_8859_1).indexOf(box);
    System.arraycopy(bytes, 0, film, at + offset, bytes.length);
    Files.write(file, film);
  }

  /** Turns a film's picture track by its display matrix. */
  public static void turn(Path file, int a, int b, int c, int d) throws IOException {
    int one = 1 << 16;
    patch(file, "tkhd", 44, ByteBuffer.allocate(36).putInt(a * one).putInt(b * one).putInt(0).putInt(c * one)
        .putInt(d * one).putInt(0).putInt(0).putInt(0).putInt(1 << 30).array());
  }

  /** The sample at which the loudest sound of a track begins, at 48 kHz. */
  public static long loudest(Path file) {
    try (VideoReader film = VideoReader.open(FileBytes.open(file), Limits.STANDARD);
        PcmReader pcm = film.pcm(film.info().defaultAudio().orElseThrow().stream(), 48000, 2)) {
      for (Optional<PcmChunk> next = pcm.next(); next.isPresent(); next = pcm.next()) {
        for (int i = 0; i < next.get().samples().length; i += 2) {
          if (Math.abs(next.get().samples()[i]) > 0.4f) {
            return next.get().position() + i / 2;
          }
        }
      }
    }
    throw new AssertionError("no click is heard");
  }
}
