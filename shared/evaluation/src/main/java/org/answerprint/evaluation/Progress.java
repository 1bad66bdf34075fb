package org.answerprint.evaluation;

/** Is told how far an evaluation has come. */
public interface Progress {

  /**
   * After each edit.
   *
   * @param done edits of all variants together, found ones included
   * @param total of them
   * @param found how many of those done were there already
   */
  void edited(int done, int total, int found);
}
