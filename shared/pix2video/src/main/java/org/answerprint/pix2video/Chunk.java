package org.answerprint.pix2video;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Frames that go through the network in one call.
 *
 * @param from the first frame
 * @param to the frame after the last
 * @param seen for each of them the frames that it attends to
 * @param lent those of them that later chunks attend to
 * @param carried frames of earlier chunks that later chunks attend to
 */
record Chunk(int from, int to, int[][] seen, List<Integer> lent, List<Integer> carried) {

  /** The chunks of a clip, in order. */
  static List<Chunk> of(int[][] seen, int size) {
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < seen.length; from += Math.min(size, seen.length - from)) {
      int first = from;
      int to = from + Math.min(size, seen.length - from);
      List<Integer> later = Arrays.stream(seen, to, seen.length).flatMapToInt(Arrays::stream).filter(frame -> frame < to)
          .distinct().sorted().boxed().toList();
      chunks.add(new Chunk(from, to, Arrays.copyOfRange(seen, from, to), later.stream().filter(frame -> frame >= first).toList(),
          later.stream().filter(frame -> frame < first).toList()));
    }
    return chunks;
  }

  int frames() {
    return to - from;
  }

  IntStream all() {
    return IntStream.range(from, to);
  }
}
