package org.answerprint.pix2video;

import java.util.ArrayList;
import java.util.List;
import org.answerprint.runtime.Denoiser;
import org.answerprint.runtime.Features;

/**
 * Features of earlier chunks, within one step.
 *
 * @param rows whose features they are; none where nothing has been carried yet
 * @param features one row for each, or a single row that nobody looks at
 */
record Carried(List<Row> rows, Features features) {

  /** A frame in one of the branches that go through the network together. */
  record Row(int branch, int frame) {}

  static Carried nothing(Denoiser denoiser) {
    return new Carried(List.of(), denoiser.nothing());
  }

  /** The number by which a frame is attended to in the call of this chunk. */
  long number(Row row, Chunk chunk) {
    return row.frame() < chunk.from() ? rows.indexOf(row)
        : features.rows() + (long) row.branch() * chunk.frames() + row.frame() - chunk.from();
  }

  /** What goes on to the next chunk: of these what is still wanted, and what the call of this chunk has kept. */
  Carried after(Chunk chunk, List<Row> lent, Features kept) {
    List<Row> left = rows.stream().filter(row -> chunk.carried().contains(row.frame())).toList();
    if (left.isEmpty()) {
      return lent.isEmpty() ? this : new Carried(lent, kept);
    }
    Features still = left.size() == rows.size() ? features : features.pick(left.stream().mapToInt(rows::indexOf).toArray());
    List<Row> both = new ArrayList<>(left);
    both.addAll(lent);
    return new Carried(both, lent.isEmpty() ? still : still.and(kept));
  }
}
