package org.answerprint.media.sandbox;

/**
 * What a decoding child may use.
 *
 * @param heapMegabytes of Java heap
 * @param memoryMegabytes of physical memory in all, native included
 * @param cpuSeconds of processor time in its whole life
 * @param silenceSeconds without a message before it is killed
 */
public record SandboxSettings(int heapMegabytes, int memoryMegabytes, int cpuSeconds, int silenceSeconds) {

  /** 256 MiB of heap, 3 GiB in all, 6 hours of processor time, 120 s of silence. */
  public static final SandboxSettings STANDARD = new SandboxSettings(256, 3072, 6 * 3600, 120);

  public SandboxSettings {
    if (heapMegabytes < 32 || memoryMegabytes < heapMegabytes || cpuSeconds < 1 || silenceSeconds < 1) {
      throw new IllegalArgumentException("a child needs at least 32 MiB of heap, memory around it, and some time");
    }
  }
}
