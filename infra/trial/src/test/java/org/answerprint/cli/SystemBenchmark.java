package org.answerprint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.answerprint.jobs.JobStore;
import org.answerprint.launcher.Home;
import org.answerprint.media.FfmpegProgram;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.storage.S3ObjectStore;
import org.answerprint.storage.StorageSettings;
import org.answerprint.toybox.SampleFilm;

/**
 * The whole system as a user meets it, beside FFmpeg's own command line in the same run: {@code start} (from a cold
 * start to ready, and to shots), {@code edit} (60 s of 1080p in six shots and in one), {@code memory} (1 minute and 10)
 * and {@code many} (a hundred small videos). Without arguments all of them. Wants a quiet machine.
 */
final class SystemBenchmark {

  private static final List<String> PEER = List.of("-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-c:a", "copy");
  private static final String GRAIN = ",noise=alls=2:allf=t,format=yuv420p";
  private static final int SMALL_FILMS = 100;

  private final Path folder;
  private final Path home = Home.find().path();

  private SystemBenchmark(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] parts) throws Exception {
    Path folder = Files.createTempDirectory("answerprint-benchmark");
    SystemBenchmark benchmark = new SystemBenchmark(folder);
    try {
      for (String part : parts.length == 0 ? new String[] {"start", "edit", "memory", "many"} : parts) {
        switch (part) {
          case "start" -> benchmark.start();
          case "edit" -> benchmark.edit();
          case "memory" -> benchmark.memory();
          case "many" -> benchmark.many();
          default -> throw new IllegalArgumentException("the parts are start, edit, memory and many, not " + part);
        }
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private void start() throws Exception {
    Path clip = folder.resolve("clip.mp4");
    film(clip, 640, 360, 10, List.of("testsrc2", "mandelbrot"));
    for (int round = 1; round <= 3; round++) {
      print("shots --json of ten seconds of 640x360, round " + round, seconds(() -> answerprint("shots", clip.toString(), "--json")));
    }
    for (int round = 1; round <= 3; round++) {
      try (Up up = new Up()) {
        print("up ready, round " + round, up.seconds);
      }
    }
  }

  private void edit() throws Exception {
    Path six = folder.resolve("six.mp4");
    Path one = folder.resolve("one.mp4");
    film(six, 1920, 1080, 60, List.of("testsrc2", "mandelbrot", "testsrc2=rate=30:d=99,hue=h=90,vflip", "mandelbrot=start_scale=1",
        "testsrc2=rate=30:d=99,negate,hflip", "mandelbrot=start_x=-0.7:start_y=-0.3"));
    film(one, 1920, 1080, 60, List.of("testsrc2"));
    try (Up up = new Up()) {
      // the first job of a system loads what later ones have
      Path warm = folder.resolve("warm.mp4");
      film(warm, 320, 180, 4, List.of("testsrc2"));
      up.edit(warm);
      for (Path film : List.of(six, one)) {
        String name = film.equals(six) ? "six shots" : "one shot";
        double peer = seconds(() -> run(ffmpeg("-v", "error", "-y", "-i", film.toString(), PEER, folder.resolve("peer.mp4").toString())));
        double decode = seconds(() -> run(ffmpeg("-v", "error", "-i", film.toString(), "-map", "0:v", "-f", "null", "-")));
        double ours = seconds(() -> up.edit(film));
        print("60 s of 1080p, " + name + ": FFmpeg decodes", decode);
        print("60 s of 1080p, " + name + ": FFmpeg decodes and encodes", peer);
        print("60 s of 1080p, " + name + ": edit --method none", ours);
        System.out.printf(Locale.ROOT, "60 s of 1080p, %s: ratio %.2f%n", name, ours / peer);
      }
    }
    double cold = seconds(() -> answerprint("edit", six.toString(), "--method", "none", "--data", folder.resolve("cold").toString(),
        "--out", folder.resolve("cold.mp4").toString()));
    print("60 s of 1080p, six shots: edit --method none, starting its own system", cold);
  }

  private void memory() throws Exception {
    Path minute = folder.resolve("minute.mp4");
    Path ten = folder.resolve("ten.mp4");
    film(minute, 1280, 720, 60, List.of("testsrc2", "mandelbrot"));
    run(ffmpeg("-v", "error", "-y", "-stream_loop", "9", "-i", minute.toString(), "-c", "copy", ten.toString()));
    double[] peaks = new double[2];
    for (int i = 0; i < 2; i++) {
      Path film = List.of(minute, ten).get(i);
      try (Up up = new Up(); Peak peak = new Peak(up.process.toHandle())) {
        up.edit(film);
        peaks[i] = peak.megabytes();
      }
      System.out.printf(Locale.ROOT, "peak memory of all processes, %s of 720p: %.0f MB%n", i == 0 ? "1 minute" : "10 minutes", peaks[i]);
    }
    System.out.printf(Locale.ROOT, "peak memory: ratio %.2f%n", peaks[1] / peaks[0]);
  }

  private void many() throws Exception {
    Recipe recipe = RecipeReader.read("{}", "many.yaml", Methods.catalogue()).orThrow();
    List<Path> films = new ArrayList<>();
    for (int i = 0; i < SMALL_FILMS; i++) {
      films.add(SampleFile.make(SampleFilm.of(96, 54, 12, 8, i + 1), folder.resolve("small-" + i + ".mp4")));
    }
    Place place = new Place(Home.find(), folder.resolve("many"), Place.cacheOf(Home.find()));
    try (LocalSystem system = LocalSystem.start(place, LocalSystem.Wanted.USUAL, System.out::println)) {
      StorageSettings storage = system.storage();
      JobStore jobs = new JobStore(new S3ObjectStore(storage), storage.buckets());
      long start = System.nanoTime();
      var ids = films.stream().map(film -> new Landing(jobs).land("many/" + film.getFileName(), "{}", recipe, film)).toList();
      print("a hundred small videos: all landed after", (System.nanoTime() - start) / 1e9);
      long[] ended = new long[ids.size()];
      while (LongStream.of(ended).anyMatch(at -> at == 0)) {
        for (int i = 0; i < ended.length; i++) {
          if (ended[i] == 0 && jobs.end(ids.get(i)).isPresent()) {
            ended[i] = System.nanoTime() - start;
          }
        }
        Thread.sleep(50);
      }
      Arrays.sort(ended);
      print("a hundred small videos: first done", ended[0] / 1e9);
      print("a hundred small videos: half done", ended[ended.length / 2] / 1e9);
      print("a hundred small videos: all done", ended[ended.length - 1] / 1e9);
    }
  }

  /** A film with sound, as many equal shots as there are sources, about 9 megabits a second at 1080p. */
  private void film(Path file, int width, int height, int seconds, List<String> sources) throws Exception {
    List<String> command = new ArrayList<>(List.of("-v", "error", "-y"));
    double each = (double) seconds / sources.size();
    StringBuilder graph = new StringBuilder();
    for (int i = 0; i < sources.size(); i++) {
      String source = sources.get(i);
      int filters = source.indexOf(',');
      String head = filters < 0 ? source : source.substring(0, filters);
      String size = (head.contains("=") ? ":" : "=") + "s=" + width + "x" + height + (head.contains("rate=") ? "" : ":r=30");
      command.addAll(List.of("-f", "lavfi", "-t", Double.toString(each), "-i", head + size + (filters < 0 ? "" : source.substring(filters)) + GRAIN));
      graph.append('[').append(i).append(":v]");
    }
    graph.append("concat=n=").append(sources.size()).append(":v=1:a=0[v]");
    command.addAll(List.of("-f", "lavfi", "-t", Integer.toString(seconds), "-i", "sine=f=440:b=2", "-filter_complex", graph.toString(),
        "-map", "[v]", "-map", sources.size() + ":a", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-c:a", "aac", file.toString()));
    run(FfmpegProgram.command(command));
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static void print(String what, double seconds) {
    System.out.printf(Locale.ROOT, "%s: %.2f s%n", what, seconds);
  }

  private static List<String> list(Object... words) {
    List<String> list = new ArrayList<>();
    for (Object word : words) {
      if (word instanceof List<?> more) {
        more.forEach(each -> list.add(each.toString()));
      } else {
        list.add(word.toString());
      }
    }
    return list;
  }

  private void answerprint(String... words) throws Exception {
    run(new ProcessBuilder(list(home.resolve("answerprint").toString(), Arrays.asList(words))));
  }

  private static ProcessBuilder ffmpeg(Object... words) {
    return FfmpegProgram.command(list(words));
  }

  private static void run(ProcessBuilder command) throws IOException, InterruptedException {
    Process process = command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command.command()) + " ended with exit code " + process.exitValue());
    }
  }

  /** {@code ./answerprint up} on a fresh data folder. */
  private final class Up implements AutoCloseable {
    private final Path data;
    private final Process process;
    private final double seconds;

    Up() throws IOException, InterruptedException {
      data = Files.createTempDirectory(folder, "up");
      long start = System.nanoTime();
      Path said = data.resolve("up.log");
      process = new ProcessBuilder(home.resolve("answerprint").toString(), "up", "--data", data.toString(), "--s3-port", "0")
          .redirectErrorStream(true).redirectOutput(said.toFile()).start();
      while (process.isAlive() && !Files.readString(said).contains("Ctrl-C")) {
        Thread.sleep(20);
      }
      seconds = (System.nanoTime() - start) / 1e9;
    }

    void edit(Path film) throws Exception {
      answerprint("edit", film.toString(), "--method", "none", "--data", data.toString(), "--out", data.resolve("out.mp4").toString());
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().join();
    }
  }

  /** The most that a process and its descendants hold together; shared pages count once. */
  private static final class Peak implements AutoCloseable {
    private final AtomicLong kilobytes = new AtomicLong();
    private final Thread watch;

    Peak(ProcessHandle root) {
      watch = Thread.ofPlatform().daemon().start(() -> {
        while (!Thread.currentThread().isInterrupted()) {
          long now = Stream.concat(Stream.of(root), root.descendants()).mapToLong(Peak::of).sum();
          kilobytes.accumulateAndGet(now, Math::max);
          try {
            Thread.sleep(200);
          } catch (InterruptedException e) {
            return;
          }
        }
      });
    }

    private static long of(ProcessHandle process) {
      try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"))) {
        return lines.filter(line -> line.startsWith("Pss:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum();
      } catch (IOException | java.io.UncheckedIOException e) {
        // it has ended
        return 0;
      }
    }

    double megabytes() {
      return kilobytes.get() / 1024.0;
    }

    @Override
    public void close() {
      watch.interrupt();
    }
  }
}
