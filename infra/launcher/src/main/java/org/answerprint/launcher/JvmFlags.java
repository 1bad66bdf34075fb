package org.answerprint.launcher;

import java.util.List;

/** Options of JVMs that start often, share few cores, and mostly move bytes. */
public final class JvmFlags {

  /** New objects have so much, which is used again after each small collection; it holds a few pictures of 1080p. */
  private static final int YOUNG_MEGABYTES = 24;
  private static final int FIRST_MEGABYTES = 64;

  private static final List<String> COMPILERS = List.of("-XX:Tier4InvocationThreshold=60000", "-XX:Tier4MinInvocationThreshold=60000",
      "-XX:Tier4CompileThreshold=100000", "-XX:Tier4BackEdgeThreshold=2000000");

  private JvmFlags() {}

  /**
   * A heap that has an upper bound, but grows only as more stays alive. Left alone, a JVM takes the pages of all that it may before it
   * collects anything, so that its memory grows with the length of a film although what it holds does not. What is alive for some
   * seconds, such as the pictures between which a cut is looked for, survives among the young, since the old are collected last.
   */
  public static List<String> heap(int mostMegabytes) {
    return List.of("-XX:+UseSerialGC", "-Xmx" + mostMegabytes + "m", "-Xms" + FIRST_MEGABYTES + "m", "-Xmn" + YOUNG_MEGABYTES + "m",
        "-XX:SurvivorRatio=2", "-XX:TrimNativeHeapInterval=1000", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", "-XX:-ShrinkHeapInSteps");
  }

  /**
   * The quick compiler for nearly everything. The thorough one gets what runs by the hundred thousand, digests of files above all: it
   * knows the processor's own instructions for SHA-256, and is ten times as fast there.
   */
  public static List<String> compilers() {
    return COMPILERS;
  }
}
