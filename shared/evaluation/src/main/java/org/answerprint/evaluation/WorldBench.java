package org.answerprint.evaluation;

import org.answerprint.judges.AttributeReader;
import org.answerprint.judges.TextImageModel;
import org.answerprint.pipeline.ImageModel;
import org.answerprint.runtime.Engine;

/** A studio for square clips of the little world, and its judge. Not for several threads at once. */
record WorldBench(Studio studio, AttributeReader reader, TextImageModel similarity, CaseJudge judge) implements AtOnce.Bench {

  static WorldBench open(ImageModel model, Engine engine, Protocol protocol) {
    AttributeReader reader = AttributeReader.open(engine);
    TextImageModel similarity = TextImageModel.open(engine);
    return new WorldBench(new Studio(model, engine, model.size(1, model.nativeSide()), protocol), reader, similarity,
        new CaseJudge(reader, similarity));
  }

  Run.Turn turn(EditCase edit) {
    Sitting sitting = new Sitting(studio, edit.task(studio.size()));
    CaseJudge.Yardstick yardstick = judge.yardstick(edit, sitting.task());
    return new Run.Turn(sitting, edited -> judge.score(yardstick, edited));
  }

  @Override
  public void close() {
    judge.close();
    similarity.close();
    reader.close();
    studio.close();
  }
}
