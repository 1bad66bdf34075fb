package org.answerprint.edit;

import org.answerprint.faults.RequestFault;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.ShotIndex;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.DecodeHealth;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FilterGraph;
import org.answerprint.media.ReadReport;
import org.answerprint.media.Stills;
import org.answerprint.media.VideoInfo;
import org.answerprint.methods.ShotFrames;
import org.answerprint.stage.Films;

/** The source's frames of one task, with their times in the edited film. Not thread-safe. */
final class SourceFrames implements ShotFrames {

  private final Films films;
  private final SpareFilm spare;
  private final SourceFilm source;
  private final EncoderSettings film;
  private final EditTask task;
  private final ShotIndex index;
  private DecodeHealth health = new DecodeHealth(0, 0, 0);

  SourceFrames(Films films, SpareFilm spare, Order order, ShotIndex index, EditTask task) {
    this.films = films;
    this.spare = spare;
    this.source = order.sources().get(index.shot().source());
    this.film = order.encoder();
    this.index = index;
    this.task = task;
  }

  /** What the decoder complained about in the latest reading. */
  DecodeHealth health() {
    return health;
  }

  @Override
  public void read(FrameSpec asked, FrameSink sink) {
    FrameSpec spec = asked.width() == 0 ? new FrameSpec(asked.format(), film.width(), film.height()) : asked;
    if (source.still()) {
      readStill(spec, sink);
    } else if (Fit.isNatural(source.info().video(), film)) {
      readFilm(spec, sink);
    } else {
      readFitted(spec, sink);
    }
  }

  /** A source of another colour passes through RGB, where matrix and range no longer matter. */
  private void readFitted(FrameSpec spec, FrameSink sink) {
    VideoInfo video = source.info().video();
    PixelFormat format = Fit.hasColour(video, film) ? film.pixelFormat() : PixelFormat.RGB24;
    FrameSpec in = new FrameSpec(format, video.width(), video.height());
    try (FilterGraph fit = FilterGraph.of(Fit.filters(video, film, spec), in, film.colour(), spec)) {
      readFilm(in, frame -> sink.put(fit.apply(frame)));
    }
  }

  private void readFilm(FrameSpec spec, FrameSink sink) {
    int first = task.firstFrame();
    int last = first + task.frames() - 1;
    int[] next = {first};
    spare.lend(source, video -> {
      ReadReport report = video.scan(index.pts()[first], index.pts()[last] + 1, spec, (frame, key) -> {
        if (next[0] > last || frame.pts() != index.pts()[next[0]]) {
          throw new RequestFault("shot " + task.shot() + " has a frame at tick " + frame.pts()
              + " that was not there when its shots were found; the upload is damaged");
        }
        sink.put(timed(frame, next[0]++));
      });
      health = report.health();
    });
    if (next[0] <= last) {
      throw new RequestFault("only " + (next[0] - first) + " of the " + task.frames() + " frames of shot " + task.shot()
          + " can be decoded; the upload is damaged");
    }
  }

  private void readStill(FrameSpec spec, FrameSink sink) {
    RawFrame picture = Stills.decode(films.bytes(source.object().bucket(), source.object().key(), source.tag(), source.object().size()));
    FrameSpec in = new FrameSpec(picture.format(), picture.width(), picture.height());
    RawFrame fitted;
    try (FilterGraph fit = FilterGraph.of(Fit.filters(source.info().video(), film, spec), in, film.colour(), spec)) {
      fitted = fit.apply(picture);
    }
    for (int i = task.firstFrame(); i < task.firstFrame() + task.frames(); i++) {
      sink.put(timed(new RawFrame(fitted.format(), fitted.width(), fitted.height(), 0, 0, fitted.data().clone()), i));
    }
  }

  private RawFrame timed(RawFrame frame, int i) {
    return frame.at(index.times()[i], index.timeAfter(i) - index.times()[i]);
  }
}
