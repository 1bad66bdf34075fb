package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Films of many kinds, made by FFmpeg's program, come out of the chain's own steps as that program would have encoded
 * them with the same settings: as many frames at the same times, no picture worse, every sound packet the same.
 */
class ExactnessTest {

  private static final String PICTURES = "-f lavfi -i testsrc2=s=160x120:r=25:d=1";
  private static final String SOUND = " -f lavfi -i sine=440:d=1";
  private static final String X264 = " -c:v libx264 -crf 10 -pix_fmt yuv420p ";
  private static final double WORSE_AT_MOST = 0.5;

  @TempDir Path folder;

  @BeforeAll
  static void needsTheProgram() {
    FfmpegProgram.assumeRuns();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', value = {
      "odd.mkv       | yuv444p     | -vf format=yuv444p,crop=159:119:exact=1,format=yuv420p -c:v ffv1",
      "odd-width.mkv | yuv444p     | -vf format=yuv444p,crop=159:120:exact=1,format=yuv420p -c:v libvpx-vp9 -speed 8 -b:v 1M",
      "odd-deep.mkv  | yuv444p10le | -vf format=yuv444p10,crop=160:119:exact=1,format=yuv420p10 -c:v ffv1",
      "422.mp4       | yuv422p     | -c:v libx264 -crf 10 -pix_fmt yuv422p",
      "prores.mov    | yuv422p10le | -c:v prores_ks -profile:v 2",
      "444.mp4       | yuv444p     | -c:v libx264 -crf 10 -pix_fmt yuv444p",
      "rgb.mov       | yuv444p     | -c:v png -pix_fmt rgb24",
      "alpha.mov     | yuv444p     | -c:v png -pix_fmt rgba",
      "gray.mp4      | yuv420p     | -c:v libx264 -crf 10 -pix_fmt gray",
      "full.mov      | yuvj420p    | -c:v mjpeg -q:v 2 -pix_fmt yuvj420p",
      "full-709.mp4  | yuvj420p    | -c:v libx264 -crf 10 -pix_fmt yuvj420p -colorspace bt709 -color_primaries bt709 -color_trc bt709",
      "pal.mp4       | yuv420p     | -vf setsar=16/11 -c:v libx264 -crf 10 -pix_fmt yuv420p -colorspace bt470bg",
      "hdr.mp4       | yuv420p10le | -c:v libx265 -crf 10 -pix_fmt yuv420p10le -tag:v hvc1 -x265-params "
          + "log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:hdr10=1:chromaloc=2:max-cll=1000,400:"
          + "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)",
      "hlg.mkv       | yuv420p10le | -c:v libx264 -crf 10 -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc arib-std-b67 -colorspace bt2020nc",
      "rate.mp4      | yuv420p     | -vf select=not(mod(n\\,3))+not(mod(n\\,7)) -fps_mode vfr -c:v libx264 -crf 10 -pix_fmt yuv420p",
      "b-frames.mkv  | yuv420p     | -c:v libx264 -crf 10 -pix_fmt yuv420p -bf 3 -x264-params open-gop=1:keyint=8",
      "packed.avi    | yuv420p     | -c:v mpeg4 -bf 2 -q:v 2",
      "one.mp4       | yuv420p     | -frames:v 1 -c:v libx264 -crf 10 -pix_fmt yuv420p",
      "fragments.mp4 | yuv420p     | -c:v libx264 -crf 10 -pix_fmt yuv420p -movflags frag_keyframe+empty_moov",
      "ps.mpg        | yuv420p     | -c:v mpeg2video -q:v 2"})
  void aFilmComesOutAsThePeerEncodesIt(String name, String layout, String encoder) throws IOException {
    make(name, PICTURES + " " + encoder);
    compare(name, layout, "");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', value = {
      "top.mp4    | yuv420p | interlace=scan=tff | -c:v libx264 -crf 10 -pix_fmt yuv420p -x264-params tff=1",
      "bottom.mkv | yuv420p | interlace=scan=bff,setfield=bff | -c:v libx264 -crf 10 -pix_fmt yuv420p -x264-params bff=1",
      "dvd.mpg    | yuv420p | interlace=scan=tff,setsar=8/9 | -c:v mpeg2video -q:v 2 -pix_fmt yuv420p",
      "narrow.mov | yuv422p | interlace=scan=tff,crop=158:118 | -c:v mpeg2video -q:v 2 -pix_fmt yuv420p"})
  void fieldsStayFields(String name, String layout, String filters, String encoder) throws IOException {
    make(name, "-f lavfi -i testsrc2=s=160x120:r=50:d=1 -vf " + filters + " " + encoder + " -flags +ilme+ildct");
    compare(name, layout, " -flags +ilme+ildct");
    FieldOrder order = Films.info(folder.resolve("out.mp4")).video().signal().fields();
    assertThat(order).isEqualTo(name.startsWith("bottom") ? FieldOrder.BOTTOM_FIRST : FieldOrder.TOP_FIRST);
  }

  @ParameterizedTest
  @CsvSource({"90", "180", "270"})
  void aTurnedFilmComesOutUpright(int degrees) throws IOException {
    make("plain.mp4", PICTURES + X264);
    make("turned.mp4", "-display_rotation " + degrees + " -i plain.mp4 -c copy");
    compare("turned.mp4", "yuv420p", "");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', value = {
      "middle.mp4     | -ss 0.5 -i film.mp4 -map 0 -c copy",
      "late-sound.mp4 | -i film.mp4 -itsoffset 0.7 -i film.mp4 -map 0:v -map 1:a -c copy",
      "late-film.mkv  | -itsoffset 0.7 -i film.mp4 -i film.mp4 -map 0:v -map 1:a -c copy",
      "offset.ts      | -i film.mp4 -map 0:v -c copy -output_ts_offset 5000",
      "wrap.ts        | -i film.mp4 -map 0:v -c copy -output_ts_offset 95442.9",
      "negative.mkv   | -itsoffset -0.3 -i film.mp4 -i film.mp4 -map 0:v -map 1:a -c copy -avoid_negative_ts make_zero"})
  void startsAndEditsAreKept(String name, String command) throws IOException {
    make("film.mp4", PICTURES + SOUND + X264 + "-g 10 -c:a aac");
    make(name, command);
    compare(name, "yuv420p", "");
  }

  @Test
  void everySoundTrackIsKeptWithItsNameAndRole() throws IOException {
    make("tracks.mkv", PICTURES + SOUND + SOUND + SOUND + " -map 0 -map 1 -map 2 -map 3 -c:v libx264 -crf 10"
        + " -pix_fmt yuv420p -c:a:0 aac -c:a:1 ac3 -c:a:2 libopus -metadata:s:a:0 language=eng"
        + " -metadata:s:a:1 language=deu -metadata:s:a:1 title=Kommentar -disposition:a:0 0"
        + " -disposition:a:1 default+comment -metadata title=Film -metadata creation_time=2020-01-02T03:04:05Z");
    compare("tracks.mkv", "yuv420p", "");
    MediaInfo film = Films.info(folder.resolve("out.mp4"));
    assertThat(film.audio().stream().map(AudioInfo::language)).containsExactly("eng", "deu", "und");
    assertThat(film.audio().stream().map(AudioInfo::codec)).containsExactly("aac", "ac3", "opus");
    assertThat(film.audio().stream().filter(AudioInfo::preferred).map(AudioInfo::title)).containsExactly("Kommentar");
    assertThat(film.extras().tags()).contains(new Tag("title", "Film"),
        new Tag("creation_time", "2020-01-02T03:04:05.000000Z"));
  }

  @ParameterizedTest
  @CsvSource({"dca -strict -2, mkv", "eac3, ts", "pcm_s24le, mov", "alac, mov"})
  void soundThatMp4HoldsIsCopied(String encoder, String container) throws IOException {
    make("sound." + container, PICTURES + SOUND + X264 + "-c:a " + encoder);
    compare("sound." + container, "yuv420p", "");
  }

  @Test
  void chaptersAndPhoneTagsAreKept() throws IOException {
    Files.writeString(folder.resolve("chapters.txt"), ";FFMETADATA1\ncom.apple.quicktime.make=Maker\n[CHAPTER]\n"
        + "TIMEBASE=1/1000\nSTART=0\nEND=400\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=400\nEND=1000\ntitle=Two\n");
    make("phone.mov", PICTURES + " -i chapters.txt -map_metadata 1 -c:v libx264 -crf 10 -pix_fmt yuv420p"
        + " -movflags use_metadata_tags");
    NoneChain.run(folder.resolve("phone.mov"), folder.resolve("out.mp4"));
    FilmExtras extras = Films.info(folder.resolve("out.mp4")).extras();
    assertThat(extras.tags()).contains(new Tag("com.apple.quicktime.make", "Maker"));
    assertThat(extras.chapters()).containsExactly(new Chapter(0, 400_000, "One"), new Chapter(400_000, 1_000_000, "Two"));
  }

  /** Three recordings end to end, the second one ahead by 100 s, the third one back at the start. */
  @Test
  void aClockThatJumpsIsRepairedForPictureAndSoundAlike() throws IOException {
    String sound = SOUND + X264 + "-c:a mp2 ";
    make("a.ts", PICTURES + sound);
    make("b.ts", PICTURES + sound + "-output_ts_offset 100");
    make("c.ts", "-f lavfi -i mandelbrot=s=160x120:r=25" + sound + "-t 1");
    try (var all = Files.newOutputStream(folder.resolve("all.ts"))) {
      for (String part : List.of("a.ts", "b.ts", "c.ts")) {
        Files.copy(folder.resolve(part), all);
      }
    }
    compare("all.ts", "yuv420p", "");
    List<RawFrame> frames = Films.readAll(folder.resolve("all.ts"), PixelFormat.GRAY8);
    try (VideoReader film = VideoReader.open(FileBytes.open(folder.resolve("all.ts")), Limits.STANDARD)) {
      for (int i = frames.size() - 1; i >= 0; i -= 4) {
        RawFrame wanted = frames.get(i);
        int[] found = {0};
        film.read(wanted.pts(), wanted.pts() + 1, FrameSpec.sourceSize(PixelFormat.GRAY8), frame -> {
          found[0]++;
          assertThat(frame.data()).isEqualTo(wanted.data());
        });
        assertThat(found[0]).isOne();
      }
    }
  }

  private void make(String name, String arguments) {
    FfmpegProgram.run(folder, arguments + " " + name);
  }

  /** Ours and the peer's encode of one film, both against the film as the peer decodes it. */
  private void compare(String name, String layout, String flags) throws IOException {
    Path source = folder.resolve(name);
    FilmReport report = NoneChain.run(source, folder.resolve("out.mp4"));
    assertThat(report.driftTicks()).isZero();
    VideoInfo video = Films.info(source).video();
    String format = video.pixelFormat().matches("(rgb|gbr|bgr|pal).*") ? "gbrp" : video.pixelFormat().replace("yuvj", "yuv");
    String raw = " -map %d:V:0 -fps_mode passthrough -s " + video.width() + "x" + video.height() + " -pix_fmt " + format
        + " -f rawvideo %s.raw";
    boolean heard = !Films.info(source).audio().isEmpty();
    String hash = heard ? " -map 0:a -c copy -f streamhash %s.hash" : "";
    String times = " -map %d:V:0 -fps_mode passthrough -c:v rawvideo -s 16x16 -enc_time_base 1:90000 -f framecrc %s.times";
    FfmpegProgram.run(folder, "-i " + name + " -map 0:V:0 -fps_mode passthrough -c:v libx264 -crf 18 -preset veryfast"
        + flags + " -pix_fmt " + layout + " -video_track_timescale 90000 peer.mp4" + raw.formatted(0, "source")
        + hash.formatted("source") + times.formatted(0, "source"));
    FfmpegProgram.run(folder, "-i out.mp4 -i peer.mp4" + raw.formatted(0, "out")
        + raw.formatted(1, "peer") + hash.formatted("out") + times.formatted(0, "out"));
    assertThat(relativeTimes("out.times")).isEqualTo(relativeTimes("source.times"));
    boolean deep = format.matches(".*1[0-6]le");
    double ours = psnr("out.raw", deep);
    double peers = psnr("peer.raw", deep);
    assertThat(ours).as("PSNR in dB of " + name + ", the peer's is " + peers).isGreaterThan(peers - WORSE_AT_MOST);
    if (heard) {
      assertThat(hashes("out.hash")).isEqualTo(hashes("source.hash"));
    }
    keepsTags(video, Films.info(folder.resolve("out.mp4")).video(), layout);
  }

  private static void keepsTags(VideoInfo source, VideoInfo film, String layout) {
    assertThat(List.of(film.width(), film.height(), film.aspectNum(), film.aspectDen(), film.colour(), film.signal().hdr()))
        .isEqualTo(List.of(source.width(), source.height(), source.aspectNum(), source.aspectDen(), source.colour(),
            source.signal().hdr()));
    assertThat(film.signal().fields()).isEqualTo(source.signal().fields());
    assertThat(film.pixelFormat().replace("yuvj", "yuv")).isEqualTo(layout.replace("yuvj", "yuv"));
  }

  /** Times from the first picture on, in milliseconds: containers round differently. */
  private List<Long> relativeTimes(String file) throws IOException {
    List<Long> pts = Files.readAllLines(folder.resolve(file)).stream().filter(line -> !line.startsWith("#"))
        .map(line -> Long.parseLong(line.split(",")[2].trim())).toList();
    return pts.stream().map(time -> Math.round((time - pts.getFirst()) / 90.0)).toList();
  }

  private String hashes(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream().filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("^\\d+,", "")).collect(Collectors.joining("\n"));
  }

  private double psnr(String file, boolean deep) throws IOException {
    assertThat(Files.size(folder.resolve(file))).as("frames of " + file).isEqualTo(Files.size(folder.resolve("source.raw")));
    double sum = 0;
    long samples = 0;
    try (InputStream a = Files.newInputStream(folder.resolve("source.raw")); InputStream b = Files.newInputStream(folder.resolve(file))) {
      byte[] source = a.readNBytes(1 << 16);
      while (source.length > 0) {
        byte[] film = b.readNBytes(source.length);
        for (int i = 0; i < source.length; i += deep ? 2 : 1, samples++) {
          int difference = sample(source, i, deep) - sample(film, i, deep);
          sum += (double) difference * difference;
        }
        source = a.readNBytes(1 << 16);
      }
    }
    double peak = deep ? 1023 : 255;
    return 10 * Math.log10(peak * peak * samples / Math.max(sum, 1));
  }

  private static int sample(byte[] bytes, int at, boolean deep) {
    return bytes[at] & 255 | (deep ? (bytes[at + 1] & 255) << 8 : 0);
  }
}
