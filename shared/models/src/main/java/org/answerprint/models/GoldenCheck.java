package org.answerprint.models;

import java.util.List;

/** Computes what a golden file holds, and compares. */
interface GoldenCheck {

  /**
   * One comparison for each tensor that the file wants.
   *
   * @throws org.answerprint.faults.RequestFault where the model has not what it takes, or the file lacks a tensor
   */
  List<Comparison> run(Bench bench, Golden golden);
}
