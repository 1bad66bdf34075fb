package org.answerprint.media;

import java.util.List;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSource;
import org.answerprint.frames.FrameSpec;

/**
 * An opened film. One operation at a time: an {@link AudioReader} or {@link PcmReader} must be closed before the next
 * read. Not thread-safe.
 *
 * <p>Frames come upright, at the size {@link VideoInfo} states unless the spec asks for another, with strictly
 * increasing pts; the duration of each is the distance to the next one, and the stream's own only for the very last.
 */
public interface VideoFile extends FrameSource {

  /** What was found on opening. */
  MediaInfo info();

  /**
   * Hands over every frame with {@code from <= pts < to}.
   *
   * @param from first tick wanted; {@code Long.MIN_VALUE} for the start
   * @param to first tick not wanted; {@code Long.MAX_VALUE} for the end
   * @throws org.answerprint.faults.Fault where the bytes cannot be had, or are no video
   */
  ReadReport scan(long from, long to, FrameSpec spec, FrameVisitor visitor);

  @Override
  default long read(long from, long to, FrameSpec spec, FrameSink sink) {
    return scan(from, to, spec, (frame, key) -> sink.put(frame)).frames();
  }

  /** The packets of a sound track from its beginning, in the form that MP4 stores. */
  AudioReader audio(int stream);

  /**
   * The packets of several sound tracks from their beginnings, in the form that MP4 stores; those that it cannot hold
   * are encoded to AAC.
   *
   * @param streams their indexes, each once
   */
  TrackReader tracks(List<Integer> streams);

  /**
   * The decoded sound of a track, from its beginning.
   *
   * @param sampleRate wanted, in hertz
   * @param channels wanted
   */
  PcmReader pcm(int stream, int sampleRate, int channels);
}
