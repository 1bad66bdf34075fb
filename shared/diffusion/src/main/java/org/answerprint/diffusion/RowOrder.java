package org.answerprint.diffusion;

/** Which half of a batch is which branch: code bases differ, and networks do not care. */
public enum RowOrder {
  /** The unconditional rows, then the conditional ones: Hugging Face's pipelines. */
  UNCONDITIONAL_FIRST,
  /** The conditional rows, then the unconditional ones: SEINE. */
  CONDITIONAL_FIRST
}
