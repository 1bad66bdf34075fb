package org.answerprint.cli;

import java.util.List;
import org.answerprint.faults.RequestFault;
import org.answerprint.judges.ToyboxJudges;
import org.answerprint.judges.ToyboxJudges.Part;

/** The judges of edits: their weights are left in the folder, since those that judge come with the program. */
final class TrainableJudges implements Trainable {

  @Override
  public String name() {
    return ToyboxJudges.NAME;
  }

  @Override
  public void train(TrainingOrder order) {
    if (order.from().isPresent() || order.rate().isPresent()) {
      throw new RequestFault("judges are learnt from nothing and at rates of their own; leave out --from and --rate");
    }
    ToyboxJudges judges = new ToyboxJudges(order.folder(), order.engine(), order.seed().orElse(ToyboxJudges.SEED), order.news());
    for (Part part : order.part().map(Part::of).map(List::of).orElse(List.of(Part.values()))) {
      if (!order.resume() || !judges.isLearnt(part, order.steps())) {
        judges.learn(part, order.steps(), order.resume());
      }
      order.news().accept(part.word() + " is finished: " + judges.result(part));
    }
  }
}
