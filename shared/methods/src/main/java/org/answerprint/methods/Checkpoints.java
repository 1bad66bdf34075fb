package org.answerprint.methods;

import java.util.Optional;

/**
 * Where long work keeps what it needs to go on after its worker is gone. One task's; what is kept under a step replaces what was kept
 * under earlier ones, sooner or later.
 */
public interface Checkpoints {

  /** Keeps nothing. */
  Checkpoints NONE = new Checkpoints() {
    @Override
    public Optional<byte[]> latest() {
      return Optional.empty();
    }

    @Override
    public void keep(int step, byte[] state) {
      // work that is done in one go starts anew
    }
  };

  /** What was kept last, as far as it can be read. */
  Optional<byte[]> latest();

  /**
   * Keeps a state. It may be left out where the last one was kept a moment ago, and must not fail the work where it cannot be kept.
   *
   * @param step greater than those before
   */
  void keep(int step, byte[] state);
}
