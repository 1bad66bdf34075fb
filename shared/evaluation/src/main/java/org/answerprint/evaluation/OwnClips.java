package org.answerprint.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.VideoInfo;
import org.answerprint.media.sandbox.SandboxedVideo;
import org.answerprint.pictures.Picture;
import org.answerprint.pipeline.ImageModel;
import org.answerprint.pipeline.PictureSize;

/**
 * Somebody's own footage: a folder of films, each with its prompts beside it. {@code dog.mp4} has a {@code dog.txt}, whose first line
 * says what the film shows and each further line what an edit is to make of it. Of a film the first {@value #MOST_FRAMES} frames are
 * read, in a child process, at the size that the model works at.
 */
public final class OwnClips {

  static final int MOST_FRAMES = 82;
  private static final String PROMPTS = ".txt";

  /** A film and one edit of it. */
  record Asked(Path film, String name, String sourcePrompt, String prompt) {

    /** SHA-256 of the film's bytes and both prompts, in hexadecimal digits. */
    String digest() {
      try (InputStream in = Files.newInputStream(film)) {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((sourcePrompt + "\n" + prompt + "\n").getBytes(StandardCharsets.UTF_8));
        byte[] buffer = new byte[1 << 20];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
      } catch (IOException e) {
        throw new RequestFault("the film %s cannot be read".formatted(film), e);
      } catch (NoSuchAlgorithmException e) {
        throw new InternalFault("Every JVM has SHA-256.", e);
      }
    }
  }

  private OwnClips() {}

  /**
   * All edits that a folder asks for, by file name.
   *
   * @throws RequestFault where there are none, or a film has no prompts
   */
  static List<Asked> in(Path folder) {
    List<Asked> asked = new ArrayList<>();
    for (Path prompts : promptFiles(folder)) {
      String stem = prompts.getFileName().toString().substring(0, prompts.getFileName().toString().length() - PROMPTS.length());
      Path film = film(folder, stem);
      List<String> lines = lines(prompts);
      if (lines.size() < 2) {
        throw new RequestFault("%s has %d lines; the first says what %s shows, and each further one what it is to show".formatted(
            prompts, lines.size(), film.getFileName()));
      }
      for (int i = 1; i < lines.size(); i++) {
        asked.add(new Asked(film, "%s-%d".formatted(stem, i), lines.getFirst(), lines.get(i)));
      }
    }
    if (asked.isEmpty()) {
      throw new RequestFault("there are no prompts in %s; put a text file beside each film, dog.txt beside dog.mp4".formatted(folder));
    }
    return asked;
  }

  /** The size that a model works at on a film of this shape. */
  static PictureSize size(Asked asked, ImageModel model) {
    try (SandboxedVideo film = open(asked)) {
      VideoInfo video = film.info().video();
      double shown = (double) video.width() * video.aspectNum() / ((double) video.height() * video.aspectDen());
      return model.size(shown, model.nativeSide());
    }
  }

  static Task task(Asked asked, PictureSize size) {
    List<Picture> frames = new ArrayList<>();
    try (SandboxedVideo film = open(asked)) {
      film.read(Long.MIN_VALUE, end(film.info().video()), new FrameSpec(PixelFormat.RGB24, size.width(), size.height()), frame -> {
        if (frames.size() < MOST_FRAMES) {
          frames.add(Picture.of(frame));
        }
      });
    }
    return new Task(asked.name(), frames, asked.sourcePrompt(), asked.prompt(), Optional.empty());
  }

  private static SandboxedVideo open(Asked asked) {
    return SandboxedVideo.open(FileBytes.open(asked.film()), Limits.STANDARD);
  }

  /** A tick after those frames by the average rate, twice as far for rates that vary; the film's end where no rate is known. */
  private static long end(VideoInfo video) {
    if (video.rateNum() == 0) {
      return Long.MAX_VALUE;
    }
    double ticks = 2.0 * MOST_FRAMES * video.rateDen() / video.rateNum() * video.timeBase().den() / video.timeBase().num();
    return video.startPts() + (long) Math.ceil(ticks);
  }

  private static List<Path> promptFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(PROMPTS)).sorted().toList();
    } catch (IOException e) {
      throw new RequestFault("the folder %s cannot be read; check the path".formatted(folder), e);
    }
  }

  private static Path film(Path folder, String stem) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(stem + ".") && !file.toString().endsWith(PROMPTS)).sorted()
          .findFirst().orElseThrow(() -> new RequestFault("there is no film beside %s in %s".formatted(stem + PROMPTS, folder)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (IOException e) {
      throw new RequestFault("%s cannot be read as UTF-8 text".formatted(file), e);
    }
  }
}
