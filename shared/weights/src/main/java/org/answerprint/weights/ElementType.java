package org.answerprint.weights;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the elements of a tensor are. In memory and in files they are little-endian. */
public enum ElementType {
  FLOAT64("F64", 8, true),
  FLOAT32("F32", 4, true),
  FLOAT16("F16", 2, true),
  BFLOAT16("BF16", 2, true),
  INT64("I64", 8, false),
  INT32("I32", 4, false),
  INT16("I16", 2, false),
  INT8("I8", 1, false),
  UINT64("U64", 8, false),
  UINT32("U32", 4, false),
  UINT16("U16", 2, false),
  UINT8("U8", 1, false),
  BOOL("BOOL", 1, false);

  private final String code;
  private final int bytes;
  private final boolean floating;

  ElementType(String code, int bytes, boolean floating) {
    this.code = code;
    this.bytes = bytes;
    this.floating = floating;
  }

  /** The type that a safetensors header calls by this code, such as {@code BF16}. */
  public static Optional<ElementType> ofCode(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }

  /** What a safetensors header calls it. */
  public String code() {
    return code;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }

  /** Whether it is a floating-point type, and so can be converted by {@link Conversion}. */
  public boolean isFloat() {
    return floating;
  }

  /** For people: {@code float32}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
