package org.answerprint.training;

import java.nio.file.Path;
import org.answerprint.runtime.Engine;

/** Learns the autoencoder alone: {@code FOLDER THREADS STEPS}. */
public final class LearnVae {

  private LearnVae() {}

  public static void main(String[] arguments) {
    Engine engine = new Engine.Cpu(Integer.parseInt(arguments[1]), false);
    new Trainer("vae", Path.of(arguments[0]), engine, System.out::println)
        .learn(ToyboxImage.vaeLesson(1), Plan.of(Long.parseLong(arguments[2]), 2e-3, 1), true);
  }
}
