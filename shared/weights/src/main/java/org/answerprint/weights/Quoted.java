package org.answerprint.weights;

/** Words of a stranger's file, fit to stand in a message: short, in quotes, without control characters. */
final class Quoted {

  private static final int LONGEST = 160;

  private Quoted() {}

  static String name(String name) {
    String visible = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
    return "'" + visible.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "?") + "'";
  }
}
