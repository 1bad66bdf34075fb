package org.answerprint.judges;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.answerprint.runtime.Engine;

/** Learns the judges: {@code FOLDER [STEPS]}. Goes on where it was interrupted. */
public final class LearnJudges {

  private LearnJudges() {}

  public static void main(String[] arguments) {
    OptionalLong steps = arguments.length > 1 ? OptionalLong.of(Long.parseLong(arguments[1])) : OptionalLong.empty();
    ToyboxJudges judges = new ToyboxJudges(Path.of(arguments[0]), Engine.cpu(), ToyboxJudges.SEED, System.out::println);
    for (ToyboxJudges.Part part : ToyboxJudges.Part.values()) {
      judges.learn(part, steps, true);
    }
  }
}
