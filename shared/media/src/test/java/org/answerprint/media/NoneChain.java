package org.answerprint.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;

/** What the chain does for {@code --method none}, in one process: read, encode in segments, join with the sound. */
final class NoneChain {

  private static final int SEGMENT_FRAMES = 20;

  private NoneChain() {
  }

  /** By hand: {@code NoneChain IN OUT}. */
  public static void main(String[] arguments) throws IOException {
    FilmReport report = run(Path.of(arguments[0]), Path.of(arguments[1]));
    System.out.println(report);
  }

  static EncoderSettings settings(MediaInfo info) {
    return EncoderSettings.choose(info.video()).withTimeBase(new TimeBase(1, info.video().timeBase().den()));
  }

  static FilmReport run(Path in, Path out) throws IOException {
    List<Path> segments = new ArrayList<>();
    try (VideoReader film = VideoReader.open(FileBytes.open(in), Limits.STANDARD)) {
      EncoderSettings settings = settings(film.info());
      long scale = film.info().video().timeBase().num();
      try (Segments sink = new Segments(out.toAbsolutePath().getParent(), settings, segments)) {
        film.read(Long.MIN_VALUE, Long.MAX_VALUE, FrameSpec.sourceSize(settings.pixelFormat()),
            frame -> sink.put(frame.at(frame.pts() * scale, frame.duration() * scale)));
      }
      long shift = FilmAssembler.startShift(film.info()) * scale;
      FilmSound sound = FilmSound.Tracks.all(film, shift);
      try (FilmAssembler assembler = FilmAssembler.create(out, settings, sound)) {
        for (Path segment : segments) {
          assembler.append(segment, shift);
          Files.delete(segment);
        }
        return assembler.finish();
      }
    }
  }

  private static final class Segments implements AutoCloseable {
    private final Path folder;
    private final EncoderSettings settings;
    private final List<Path> files;
    private SegmentWriter current;
    private int frames;

    Segments(Path folder, EncoderSettings settings, List<Path> files) {
      this.folder = folder;
      this.settings = settings;
      this.files = files;
    }

    void put(RawFrame frame) {
      if (frames++ % SEGMENT_FRAMES == 0) {
        close();
        files.add(folder.resolve("none-" + System.identityHashCode(this) + "-" + files.size() + ".segment"));
        current = SegmentWriter.create(files.getLast(), settings);
      }
      current.put(frame);
    }

    @Override
    public void close() {
      if (current != null) {
        current.finish();
        current.close();
        current = null;
      }
    }
  }
}
