package org.answerprint.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.answerprint.faults.InternalFault;

/** What ONNX Runtime would send to its makers. */
final class Telemetry {

  /** Asked for by ONNX Runtime, from 1.29 on, when its environment is made. */
  static final String SWITCH = "ORT_DISABLE_TELEMETRY";

  private Telemetry() {}

  /**
   * Switches it off for this process: before the environment is made, since making it starts the sender. Java's own view of the
   * environment does not change, and systems without {@code setenv} have no such sender.
   */
  static void switchOff() {
    Optional<MemorySegment> setenv = Linker.nativeLinker().defaultLookup().find("setenv");
    setenv.ifPresent(Telemetry::set);
  }

  @SuppressWarnings("restricted")
  private static void set(MemorySegment setenv) {
    FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    try (Arena arena = Arena.ofConfined()) {
      int result = (int) Linker.nativeLinker().downcallHandle(setenv, type)
          .invokeExact(arena.allocateFrom(SWITCH), arena.allocateFrom("1"), 1);
      if (result != 0) {
        throw new InternalFault("The environment variable %s cannot be set.".formatted(SWITCH));
      }
    } catch (InternalFault e) {
      throw e;
    } catch (Throwable e) {
      throw new InternalFault("The environment variable %s cannot be set: %s".formatted(SWITCH, e), e);
    }
  }
}
