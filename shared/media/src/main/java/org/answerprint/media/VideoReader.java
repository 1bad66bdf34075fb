package org.answerprint.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Reads a film in this process. For films from strangers use
 * {@link org.answerprint.media.sandbox.SandboxedVideo}: a decoder that crashes takes its process along.
 *
 * <p>Seeks go by integer pts to the key frame before, and further back where the container's index was wrong. Reads
 * that follow each other go on decoding without a seek.
 */
public final class VideoReader implements VideoFile {

  private static final int MOST_STEPS_BACK = 5;
  /** Pictures of so many times fewer pixels show nothing of a coded block's edges. */
  private static final int SMALL = 16;

  private final ByteSource source;
  private final Limits limits;
  private final Orientation orientation;
  private final MediaInfo info;
  private Demuxer demuxer;
  private PictureDecoder decoder;
  private PictureConverter converter;
  /** Whether the decoder's frame has not been handed over yet, so that reading can go on from it. */
  private boolean held;
  private long before = Long.MIN_VALUE;
  private boolean rough;
  private Runnable passed = () -> { };

  private VideoReader(ByteSource source, Limits limits) {
    this.source = source;
    this.limits = limits;
    try {
      openStreams();
      AVStream stream = demuxer.stream(FilmProbe.pictureStream(demuxer));
      this.orientation = FilmProbe.orientation(stream);
      this.info = FilmProbe.describe(demuxer, decoder, stream.index(), source.size(), limits);
    } catch (RuntimeException | Error e) {
      closeStreams();
      throw e;
    }
  }

  /**
   * Opens a film and decodes its first picture. Owns the source from here on, also where this fails.
   *
   * @throws RequestFault where it is no video, or breaks a limit
   */
  public static VideoReader open(ByteSource source, Limits limits) {
    try {
      return new VideoReader(source, limits);
    } catch (RuntimeException | Error e) {
      source.close();
      throw e;
    }
  }

  /** Has somebody told of every picture that is decoded only to get to a later one; there may be thousands before a picture is shown. */
  public void whenPassed(Runnable listener) {
    passed = listener;
  }

  private void openStreams() {
    demuxer = Demuxer.open(source, limits);
    int picture = FilmProbe.pictureStream(demuxer);
    demuxer.select(picture);
    decoder = new PictureDecoder(demuxer, picture, limits.maxPixels());
    if (!decoder.next()) {
      throw new RequestFault("not one picture of the video can be decoded; encode it again"
          + " (it may be damaged, encrypted or larger than " + limits.maxPixels() + " pixels)");
    }
    long pixels = (long) decoder.frame.width() * decoder.frame.height();
    if (pixels > limits.maxPixels()) {
      throw new RequestFault("the picture has " + pixels + " pixels and at most " + limits.maxPixels()
          + " are accepted; scale it down");
    }
    decoder.roughly(rough);
    held = true;
    before = Long.MIN_VALUE;
  }

  private void closeStreams() {
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
    if (demuxer != null) {
      demuxer.close();
      demuxer = null;
    }
  }

  @Override
  public MediaInfo info() {
    return info;
  }

  @Override
  public ReadReport scan(long from, long to, FrameSpec spec, FrameVisitor visitor) {
    return scan(from, to, spec, new Visited(visitor));
  }

  /** As {@link #scan(long, long, FrameSpec, FrameVisitor)}, with pictures that are put into memory of the caller's. */
  public ReadReport scan(long from, long to, FrameSpec spec, Canvas canvas) {
    return scan(from, to, spec, new Painted(canvas));
  }

  private ReadReport scan(long from, long to, FrameSpec spec, Pictures pictures) {
    demuxer.restartClock();
    DecodeHealth atStart = decoder.health();
    prepare(spec);
    Pass pass = new Pass(from, to, pictures);
    if (goesOn(from)) {
      pass.run(true);
      return pass.report(atStart);
    }
    return demuxer.linear() ? scanLinear(from, pass, atStart) : scanIndexed(from, pass, atStart);
  }

  /** Goes through the packets up to the wanted time, and decodes from the key frame before it. */
  private ReadReport scanLinear(long from, Pass pass, DecodeHealth atStart) {
    boolean behind = !held || from <= Math.max(before, decoder.pts());
    DecodeHealth since = behind ? reopen() : atStart;
    if (goesOn(from)) {
      pass.run(true);
      return pass.report(since);
    }
    Optional<Demuxer.Place> place = demuxer.skim(info.video().stream(), from);
    if (place.isEmpty() && !behind) {
      since = reopen();
      place = demuxer.skim(info.video().stream(), from);
    }
    if (place.isPresent()) {
      demuxer.seek(info.video().stream(), place.get());
      decoder.flush();
      held = decoder.next();
      before = Long.MIN_VALUE;
    }
    if (place.isEmpty() || !pass.run(false)) {
      since = reopen();
      pass.run(true);
    }
    return pass.report(since);
  }

  private ReadReport scanIndexed(long from, Pass pass, DecodeHealth health) {
    DecodeHealth atStart = health;
    long back = Math.max(from, start());
    for (int step = 0; ; step++) {
      boolean fromStart = back <= start() || decoder.untimed() || step == MOST_STEPS_BACK;
      if (fromStart) {
        atStart = reopen();
      } else {
        demuxer.seek(info.video().stream(), back);
        decoder.flush();
        held = decoder.next();
        before = Long.MIN_VALUE;
      }
      if (pass.run(fromStart)) {
        return pass.report(atStart);
      }
      back = step >= 3 ? start() : Math.max(start(), from - timeBase().den() * (2L << step) / timeBase().num());
    }
  }

  private DecodeHealth reopen() {
    closeStreams();
    openStreams();
    return new DecodeHealth(0, 0, 0);
  }

  private boolean goesOn(long from) {
    return held && (before == Long.MIN_VALUE ? decoder.pts() == info.video().startPts() : from > before)
        && (from <= decoder.pts() || timeBase().seconds(from - decoder.pts()) < 2 || decoder.untimed());
  }

  private long start() {
    return info.video().startPts();
  }

  private TimeBase timeBase() {
    return info.video().timeBase();
  }

  private void prepare(FrameSpec spec) {
    int width = spec.width() == 0 ? info.video().width() : spec.width();
    int height = spec.height() == 0 ? info.video().height() : spec.height();
    boolean small = (long) width * height * SMALL < (long) info.video().width() * info.video().height();
    // what was decoded ahead of a small reading is too rough to go on from
    held &= small || !rough;
    rough = small;
    decoder.roughly(rough);
    if (converter == null || !converter.makes(spec.format(), width, height)) {
      closeConverter();
      converter = new PictureConverter(spec.format(), width, height, orientation, info.video().colour());
    }
  }

  private void closeConverter() {
    if (converter != null) {
      converter.close();
      converter = null;
    }
  }

  @Override
  public AudioReader audio(int stream) {
    return PacketReader.open(source, limits, stream);
  }

  @Override
  public TrackReader tracks(List<Integer> streams) {
    List<AudioReader> readers = new ArrayList<>();
    try {
      streams.forEach(stream -> readers.add(track(info.track(stream))));
      return new MergedTracks(readers);
    } catch (RuntimeException | Error e) {
      readers.forEach(AudioReader::close);
      throw e;
    }
  }

  private AudioReader track(AudioInfo track) {
    if (track.copyable()) {
      return audio(track.stream());
    }
    int rate = AacEncoder.rateFor(track.sampleRate());
    int channels = AacEncoder.channelsFor(track.channels());
    return new AacFeed(pcm(track.stream(), rate, channels), rate, channels, limits.maxSpanSeconds());
  }

  @Override
  public PcmReader pcm(int stream, int sampleRate, int channels) {
    return SoundDecoder.open(source, limits, stream, sampleRate, channels);
  }

  @Override
  public void close() {
    closeConverter();
    closeStreams();
    source.close();
  }

  /** Keeps one picture until the next one's time is known, and hands it over then. */
  private interface Pictures {
    void keep();

    void show(long pts, long duration, boolean key);
  }

  private final class Visited implements Pictures {
    private final FrameVisitor visitor;
    private RawFrame kept;

    Visited(FrameVisitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public void keep() {
      kept = converter.convert(decoder.frame, decoder.pts(), decoder.lastDuration());
    }

    @Override
    public void show(long pts, long duration, boolean key) {
      RawFrame frame = kept.at(pts, duration);
      kept = null;
      visitor.visit(frame, key);
    }
  }

  private final class Painted implements Pictures {
    private final Canvas canvas;

    Painted(Canvas canvas) {
      this.canvas = canvas;
    }

    @Override
    public void keep() {
      converter.convert(decoder.frame, canvas.next());
    }

    @Override
    public void show(long pts, long duration, boolean key) {
      canvas.painted(pts, duration, key);
    }
  }

  /** One run through the pictures of a range; a picture is handed over once the next one's time is known. */
  private final class Pass {
    private final long from;
    private final long to;
    private final Pictures pictures;
    private final List<Long> keyPts = new ArrayList<>();
    private boolean waiting;
    private long waitingPts;
    private long waitingDuration;
    private boolean waitingKey;
    private long frames;
    private long decoded;

    Pass(long from, long to, Pictures pictures) {
      this.from = from;
      this.to = to;
      this.pictures = pictures;
    }

    /** Starts at the held picture; false where that one already lies behind the start of the range. */
    boolean run(boolean complete) {
      if (!complete && (!held || decoder.pts() > from)) {
        return false;
      }
      while (held && decoder.pts() < to) {
        take();
        advance();
      }
      handOver(held ? decoder.pts() : Long.MIN_VALUE);
      return true;
    }

    private void advance() {
      before = decoder.pts();
      held = decoder.next();
      demuxer.restartClock();
      if (++decoded > limits.maxFrames()) {
        throw new RequestFault("the video has more than " + limits.maxFrames() + " pictures; upload a shorter one");
      }
    }

    private void take() {
      long pts = decoder.pts();
      if (timeBase().seconds(pts - start()) > limits.maxSpanSeconds()) {
        throw new RequestFault("the video's times span more than " + limits.maxSpanSeconds()
            + " s; upload a shorter one");
      }
      if (pts >= from) {
        handOver(pts);
        pictures.keep();
        waiting = true;
        waitingPts = pts;
        waitingDuration = decoder.lastDuration();
        waitingKey = decoder.key();
      } else {
        passed.run();
      }
    }

    private void handOver(long nextPts) {
      if (!waiting) {
        return;
      }
      waiting = false;
      frames++;
      if (waitingKey) {
        keyPts.add(waitingPts);
      }
      pictures.show(waitingPts, nextPts == Long.MIN_VALUE ? waitingDuration : nextPts - waitingPts, waitingKey);
      demuxer.restartClock();
    }

    ReadReport report(DecodeHealth since) {
      DecodeHealth now = decoder.health();
      return new ReadReport(frames, keyPts, new DecodeHealth(now.errors() - since.errors(),
          now.corruptFrames() - since.corruptFrames(), now.repairedTimes() - since.repairedTimes()));
    }
  }
}
