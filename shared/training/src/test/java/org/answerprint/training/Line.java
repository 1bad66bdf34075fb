package org.answerprint.training;

import java.util.List;
import java.util.Map;
import org.answerprint.diffusion.Noise;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;

/** A lesson of three numbers: {@code y = 2 a - b + 3}, from batches of two sizes in turn. */
record Line(long seed) implements Lesson {

  private static final List<Integer> ROWS = List.of(8, 12);

  @Override
  public List<Graph> graphs() {
    return ROWS.stream().map(rows -> {
      GraphBuilder g = GraphBuilder.create();
      Tensor found = g.in("line").linear(g.input("x", ElementType.FLOAT, rows, 2), 1, true);
      Tensor loss = g.meanSquaredError(found, g.input("y", ElementType.FLOAT, rows, 1));
      g.output(LOSS, loss);
      g.output("root", g.sqrt(loss));
      return g.build();
    }).toList();
  }

  @Override
  public Batch batch(long step) {
    int turn = (int) (step % ROWS.size());
    float[] x = Noise.ofSeed(seed).stream(step).draw(2 * ROWS.get(turn));
    float[] y = new float[ROWS.get(turn)];
    for (int i = 0; i < y.length; i++) {
      y[i] = 2 * x[2 * i] - x[2 * i + 1] + 3;
    }
    return Batch.of(turn, Map.of("x", x, "y", y));
  }
}
