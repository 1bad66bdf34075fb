package org.answerprint.methods;

/** Told of progress between steps of long work, and of what a method finds out by itself. */
@FunctionalInterface
public interface Monitor {

  /** Says nothing and never cancels. */
  Monitor NONE = (done, total) -> {};

  /**
   * Reports progress.
   *
   * @param done units finished: frames, or denoising steps
   * @param total units in all
   * @throws Cancelled where the work is no longer wanted
   */
  void progress(long done, long total);

  /** Reports what a model's captioner says that the shot shows, where the method takes that for what the recipe leaves out. */
  default void captioned(String caption) {}

  /** Thrown to end work that is no longer wanted: its job was cancelled, or its machine is being reclaimed. */
  final class Cancelled extends RuntimeException {
    public Cancelled(String reason) {
      super(reason);
    }
  }
}
