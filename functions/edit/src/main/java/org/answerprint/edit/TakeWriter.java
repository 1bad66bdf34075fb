package org.answerprint.edit;

import java.nio.file.Path;
import java.util.Optional;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.handles.HandleGroup;
import org.answerprint.handles.HandleHeader;
import org.answerprint.handles.HandleWriter;
import org.answerprint.jobs.EditTask;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FilterGraph;
import org.answerprint.media.Jpeg;
import org.answerprint.media.SegmentInfo;
import org.answerprint.media.SegmentWriter;
import org.answerprint.stage.Scratch;

/** Takes a task's edited frames: those at its ends to the handle pack, the others to the segment. Not thread-safe. */
final class TakeWriter implements FrameSink, AutoCloseable {

  private static final int LONG_SIDE = 480;

  private final EditTask task;
  private final EncoderSettings settings;
  private final Path segmentFile;
  private final Path handleFile;
  private final SegmentWriter segment;
  private final Optional<HandleWriter> handles;
  private Optional<FilterGraph> toFilm = Optional.empty();
  private Optional<byte[]> picture = Optional.empty();
  private final int pictureFrame;
  private int next;

  /** {@code pictureFrame} stands for the whole shot; where it is not the task's, the task's middle frame is shown. */
  TakeWriter(EditTask task, int pictureFrame, EncoderSettings settings, Scratch scratch) {
    this.task = task;
    int own = pictureFrame - task.firstFrame();
    this.pictureFrame = own >= 0 && own < task.frames() ? own : task.frames() / 2;
    this.settings = settings;
    this.segmentFile = scratch.file("take.segment");
    this.handleFile = scratch.file("take.handles");
    this.segment = SegmentWriter.create(segmentFile, settings);
    this.handles = task.headFrames() + task.tailFrames() == 0 ? Optional.empty() : Optional.of(new HandleWriter(handleFile,
        new HandleHeader(settings.pixelFormat(), settings.width(), settings.height(), settings.timeBase(), settings.colour())));
  }

  @Override
  public void put(RawFrame edited) {
    if (edited.width() != settings.width() || edited.height() != settings.height()) {
      throw new InternalFault("the method " + task.method() + " made a frame of " + edited.width() + "x" + edited.height()
          + " for a film of " + settings.width() + "x" + settings.height());
    }
    RawFrame frame = edited.format() == settings.pixelFormat() ? edited : converted(edited);
    int i = next++;
    if (i == pictureFrame) {
      picture = Optional.of(thumbnail(frame));
    }
    if (i < task.headFrames()) {
      handles.orElseThrow().put(HandleGroup.HEAD, frame);
    } else if (i >= task.frames() - task.tailFrames()) {
      handles.orElseThrow().put(HandleGroup.TAIL, frame);
    } else {
      segment.put(frame);
    }
  }

  private RawFrame converted(RawFrame frame) {
    if (toFilm.isEmpty()) {
      toFilm = Optional.of(FilterGraph.of("null", new FrameSpec(frame.format(), frame.width(), frame.height()), settings.colour(),
          new FrameSpec(settings.pixelFormat(), settings.width(), settings.height())));
    }
    return toFilm.get().apply(frame);
  }

  private byte[] thumbnail(RawFrame frame) {
    double width = (double) settings.width() * settings.aspectNum() / settings.aspectDen();
    double scale = Math.min(1, LONG_SIDE / Math.max(width, settings.height()));
    FrameSpec small = new FrameSpec(PixelFormat.RGB24, even(width * scale), even(settings.height() * scale));
    try (FilterGraph graph = FilterGraph.of("scale=" + small.width() + ":" + small.height() + ":flags=area",
        new FrameSpec(frame.format(), frame.width(), frame.height()), settings.colour(), small)) {
      return Jpeg.encode(graph.apply(new RawFrame(frame.format(), frame.width(), frame.height(), frame.pts(), frame.duration(), frame.data().clone())));
    }
  }

  private static int even(double length) {
    return Math.max(2, (int) Math.round(length / 2) * 2);
  }

  /** Completes the files. */
  SegmentInfo finish() {
    if (next != task.frames()) {
      throw new InternalFault("the method " + task.method() + " made " + next + " frames of " + task.frames() + " for shot " + task.shot());
    }
    handles.ifPresent(HandleWriter::finish);
    return segment.finish();
  }

  byte[] picture() {
    return picture.orElseThrow();
  }

  Path segmentFile() {
    return segmentFile;
  }

  /** The handle pack, where a transition needs one. */
  Optional<Path> handleFile() {
    return handles.map(h -> handleFile);
  }


  @Override
  public void close() {
    toFilm.ifPresent(FilterGraph::close);
    handles.ifPresent(HandleWriter::close);
    segment.close();
  }
}
