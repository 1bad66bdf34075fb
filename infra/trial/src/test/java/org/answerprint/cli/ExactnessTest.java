package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.media.AudioInfo;
import org.answerprint.media.FfmpegProgram;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.TrackPacket;
import org.answerprint.media.TrackReader;
import org.answerprint.media.VideoReader;
import org.answerprint.report.Report;
import org.answerprint.storage.Digests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unusual films that land at once come out of the whole chain with the same pictures, times and sound packets. */
class ExactnessTest {

  private static final String PICTURES = "-f lavfi -i testsrc2=s=160x120:r=25:d=1 ";
  private static final String SOUND = "-f lavfi -i sine=440:d=1 ";
  private static final String X264 = "-c:v libx264 -pix_fmt yuv420p ";

  private static final Map<String, String> FILMS = new LinkedHashMap<>(Map.of(
      "odd.mkv", PICTURES + SOUND + "-vf format=yuv444p,crop=159:119:exact=1,format=yuv420p -c:v ffv1 -c:a flac",
      "fields.mp4", "-f lavfi -i testsrc2=s=160x120:r=50:d=1 " + SOUND + "-vf interlace " + X264 + "-flags +ilme+ildct -c:a aac",
      "tracks.mkv", PICTURES + SOUND + SOUND + "-map 0 -map 1 -map 2 " + X264 + "-c:a:0 aac -c:a:1 ac3",
      "hdr.mkv", PICTURES + "-c:v libx264 -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc",
      "one.mp4", PICTURES + X264 + "-frames:v 1",
      "rate.mp4", PICTURES + "-vf select=not(mod(n\\,3))+not(mod(n\\,7)) -fps_mode vfr " + X264));

  private final Trial trial = Trial.shared();

  @TempDir
  private Path temp;

  @Test
  void unusualFilmsKeepTheirPicturesTimesAndSound() throws IOException, InterruptedException {
    FfmpegProgram.assumeRuns();
    for (var film : FILMS.entrySet()) {
      FfmpegProgram.run(temp, film.getValue() + " " + film.getKey());
    }
    FfmpegProgram.run(temp, PICTURES + SOUND + X264 + "-c:a mp2 a.ts");
    FfmpegProgram.run(temp, PICTURES + SOUND + X264 + "-c:a mp2 -output_ts_offset 100 b.ts");
    List<String> names = new ArrayList<>(FILMS.keySet());
    names.add("jump.ts");
    Files.write(temp.resolve("jump.ts"), Files.readAllBytes(temp.resolve("a.ts")));
    Files.write(temp.resolve("jump.ts"), Files.readAllBytes(temp.resolve("b.ts")), StandardOpenOption.APPEND);
    for (String name : names) {
      trial.land("exact/" + name, Files.readAllBytes(temp.resolve(name)));
    }
    Map<String, Job> jobs = trial.ended("exact/", names.size());
    names.forEach(name -> compare(name, jobs.get("exact/" + name)));
  }

  private void compare(String name, Job job) {
    End end = trial.end(job);
    assertThat(end.state()).as(name + " " + end.reason().orElse("")).isEqualTo(EndState.FINAL);
    Path film = trial.film(job, temp);
    Report report = trial.report(job);
    assertThat(report.driftTicks()).as(name).isZero();
    assertThat(report.warnings()).as(name).isEmpty();
    assertThat(what(film)).as(name).isEqualTo(what(temp.resolve(name)));
  }

  /** Size, tags, times from the first picture on in milliseconds, and a digest of each sound track. */
  private static List<Object> what(Path file) {
    List<Long> millis = new ArrayList<>();
    List<String> sound = new ArrayList<>();
    try (VideoReader film = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      MediaInfo info = film.info();
      long first = info.video().startPts();
      film.read(Long.MIN_VALUE, Long.MAX_VALUE, new FrameSpec(PixelFormat.GRAY8, 16, 16),
          frame -> millis.add(Math.round(info.video().timeBase().seconds(frame.pts() - first) * 1000)));
      info.audio().forEach(track -> sound.add(""));
      try (TrackReader tracks = film.tracks(info.audio().stream().map(AudioInfo::stream).toList())) {
        for (Optional<TrackPacket> next = tracks.next(); next.isPresent(); next = tracks.next()) {
          int track = next.get().track();
          sound.set(track, Digests.sha256((sound.get(track) + Digests.sha256(next.get().packet().data())).getBytes(StandardCharsets.US_ASCII)));
        }
      }
      return List.of(info.video().width(), info.video().height(), info.video().colour(), info.video().signal().fields(), millis, sound);
    }
  }
}
