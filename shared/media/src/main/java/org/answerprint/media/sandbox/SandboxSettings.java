package org.answerprint.media.sandbox;

/**
 * What a decoding child may use.
 *
 * @param heapMegabytes of Java heap
 * @param memoryMegabytes of physical memory in all, native included
 * @param cpuSeconds of processor time in its whole life
 * @param silenceSeconds of processor time without a message before it is killed, or three times as long by the clock; while it works through
 *     pictures that nobody wants to see it says ten times within them that it lives
 */
public record SandboxSettings(int heapMegabytes, int memoryMegabytes, int cpuSeconds, int silenceSeconds) {

  /**
   * 512 MiB of heap; an eighth of the machine's memory in all, but at least 1 and at most 3 GiB; 6 hours of processor
   * time; 10 s of silence.
   */
  public static final SandboxSettings STANDARD =
      new SandboxSettings(512, Math.clamp(Memory.megabytes() / 8, 1024, 3072), 6 * 3600, 10);

  public SandboxSettings {
    if (heapMegabytes < 32 || memoryMegabytes < heapMegabytes || cpuSeconds < 1 || silenceSeconds < 1) {
      throw new IllegalArgumentException("a child needs at least 32 MiB of heap, memory around it, and some time");
    }
  }
}
