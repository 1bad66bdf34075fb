package org.answerprint.extract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.answerprint.frames.RawFrame;
import org.answerprint.shots.DetectedShot;
import org.answerprint.shots.ShotListener;

/**
 * Keeps the times of frames until the shot that they belong to is known. A shot is handed on once its neighbour's start
 * is known too, so that shots tile the film. Not thread-safe.
 */
final class ShotCollector implements ShotListener {

  /**
   * A shot of one source.
   *
   * @param pts of its frames
   * @param keyPts of the key frames among them
   * @param endPts where the next frame begins, or where the last one ends
   */
  record SourceShot(DetectedShot shot, long[] pts, long[] keyPts, long endPts) {}

  private final Consumer<SourceShot> sink;
  private final List<Long> pts = new ArrayList<>();
  private final Deque<Long> keys = new ArrayDeque<>();
  private final Deque<DetectedShot> waiting = new ArrayDeque<>();
  private int firstFrame;
  private long endPts;

  ShotCollector(Consumer<SourceShot> sink) {
    this.sink = sink;
  }

  void frame(RawFrame frame, boolean key) {
    pts.add(frame.pts());
    endPts = frame.pts() + Math.max(1, frame.duration());
    if (key) {
      keys.add(frame.pts());
    }
  }

  @Override
  public void shotClosed(DetectedShot shot) {
    waiting.add(shot.tiled());
    while (!waiting.isEmpty() && waiting.peek().end() < firstFrame + pts.size()) {
      handOn(waiting.poll());
    }
  }

  /** The stream has ended: whatever waits is complete. */
  void finish() {
    while (!waiting.isEmpty()) {
      handOn(waiting.poll());
    }
  }

  private void handOn(DetectedShot shot) {
    int count = shot.end() - firstFrame;
    long[] times = new long[count];
    Arrays.setAll(times, pts::get);
    pts.subList(0, count).clear();
    firstFrame = shot.end();
    long next = pts.isEmpty() ? endPts : pts.getFirst();
    List<Long> shotKeys = new ArrayList<>();
    while (!keys.isEmpty() && keys.peek() < next) {
      shotKeys.add(keys.poll());
    }
    sink.accept(new SourceShot(shot, times, shotKeys.stream().mapToLong(Long::longValue).toArray(), next));
  }
}
