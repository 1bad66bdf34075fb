package org.answerprint.extract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.AudioReader;
import org.answerprint.media.DecodeHealth;
import org.answerprint.media.FrameVisitor;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.PcmReader;
import org.answerprint.media.ReadReport;
import org.answerprint.media.Signal;
import org.answerprint.media.TrackReader;
import org.answerprint.media.VideoFile;
import org.answerprint.media.VideoInfo;

/**
 * An MP4 without sound that says how long it is, whatever is in it: frames of one pixel.
 *
 * @param told how long it says it is
 * @param time of every pts
 * @param pts of its frames, ascending
 * @param scans counts how often it is looked through
 * @param taken counts the frames that were asked for
 */
record ToldFilm(Duration told, TimeBase time, long[] pts, AtomicInteger scans, AtomicInteger taken) implements VideoFile {

  @Override
  public MediaInfo info() {
    VideoInfo video = new VideoInfo(0, "h264", 1, 1, 1, 1, 1, 1, 0, false, time, pts[0], 0, 1, 0, 8, "gray", Colour.BT709,
        false, PixelFormat.GRAY8, Signal.PLAIN);
    return new MediaInfo("mov,mp4", told.toMillis() * 1000, 1000, video, List.of());
  }

  @Override
  public ReadReport scan(long from, long to, FrameSpec spec, FrameVisitor visitor) {
    scans.incrementAndGet();
    long frames = 0;
    for (int i = 0; i < pts.length; i++) {
      if (pts[i] >= from && pts[i] < to) {
        frames++;
        taken.incrementAndGet();
        visitor.visit(new RawFrame(PixelFormat.GRAY8, 1, 1, pts[i], 0, new byte[] {(byte) i}), i == 0);
      }
    }
    return new ReadReport(frames, List.of(), new DecodeHealth(0, 0, 0));
  }

  @Override
  public AudioReader audio(int stream) {
    throw new UnsupportedOperationException("there is no sound");
  }

  @Override
  public TrackReader tracks(List<Integer> streams) {
    throw new UnsupportedOperationException("there is no sound");
  }

  @Override
  public PcmReader pcm(int stream, int sampleRate, int channels) {
    throw new UnsupportedOperationException("there is no sound");
  }

  @Override
  public void close() {
  }
}
