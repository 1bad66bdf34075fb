package org.answerprint.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a long shot is parted so that several workers edit it at once. Parts are equal but for this: a boundary moves
 * to a key frame of the source where one is near, since whoever begins elsewhere decodes from the key frame before.
 * Stateless.
 */
final class Pieces {

  private Pieces() {}

  /**
   * The bounds of the pieces: 0, the first frame of each later piece, and the number of frames.
   *
   * @param pts of the shot's frames, rising
   * @param keyPts of the key frames among them, rising
   * @param target about how many frames a piece has
   * @param head frames at the start that stay in the first piece
   * @param tail frames at the end that stay in the last piece
   */
  static int[] bounds(long[] pts, long[] keyPts, int target, int head, int tail) {
    int frames = pts.length;
    int[] keys = Arrays.stream(keyPts).mapToInt(key -> Arrays.binarySearch(pts, key)).filter(i -> i >= 0).toArray();
    List<Integer> bounds = new ArrayList<>(List.of(0));
    for (int left = frames; left > target; left = frames - bounds.getLast()) {
      int even = Math.max(bounds.getLast() + left / Math.ceilDiv(left, target), head + 1);
      int bound = nearest(keys, Math.max(bounds.getLast(), head), even, target / 2);
      if (bound >= frames - tail) {
        break;
      }
      bounds.add(bound);
    }
    bounds.add(frames);
    return bounds.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int nearest(int[] keys, int behind, int wanted, int reach) {
    return Arrays.stream(keys).filter(key -> key > behind && Math.abs(key - wanted) < reach).boxed()
        .min((a, b) -> Integer.compare(Math.abs(a - wanted), Math.abs(b - wanted))).orElse(wanted);
  }
}
