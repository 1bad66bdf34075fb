package org.answerprint.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.answerprint.faults.RequestFault;

/** Something of our own that can be trained from nothing. */
interface Trainable {

  /** All there are. */
  List<Trainable> ALL = List.of(new TrainableImage(), new TrainableJudges());

  /** @throws RequestFault where nothing is called so */
  static Trainable named(String name) {
    return ALL.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow(() -> new RequestFault(
        "%s cannot be trained here; give one of %s".formatted(name, ALL.stream().map(Trainable::name).collect(Collectors.joining(", ")))));
  }

  /** What it is asked for by. */
  String name();

  void train(TrainingOrder order);
}
