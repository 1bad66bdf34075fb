package org.answerprint.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import org.answerprint.graph.Target;

/** Where graphs run. Safe to share. */
public sealed interface Engine {

  /**
   * This machine's processors.
   *
   * @param threads that one call works with; more than one pays only where no other work shares the cores
   */
  record Cpu(int threads) implements Engine {
    public Cpu {
      if (threads < 1) {
        throw new IllegalArgumentException("a call works with at least one thread: " + threads);
      }
    }
  }

  /** One of this machine's NVIDIA cards; what it cannot do runs on one thread of the processor. */
  record Cuda(int device) implements Engine {
    public Cuda {
      if (device < 0) {
        throw new IllegalArgumentException("cards count from 0: " + device);
      }
    }
  }

  /** One thread of the processor: the fastest choice on shared cores. */
  static Engine cpu() {
    return new Cpu(1);
  }

  /** What graphs are to be written for. */
  default Target target() {
    return switch (this) {
      case Cpu _ -> Target.CPU;
      case Cuda _ -> Target.CUDA;
    };
  }

  /** Fresh options for one session, to be closed by the caller. */
  private SessionOptions bare() throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    options.setIntraOpNumThreads(this instanceof Cpu(int threads) ? threads : 1);
    options.setInterOpNumThreads(1);
    return options;
  }

  /** Fresh options for one session, to be closed by the caller. */
  default SessionOptions options() throws OrtException {
    SessionOptions options = bare();
    if (this instanceof Cuda(int device)) {
      options.addCUDA(device);
    }
    return options;
  }

  /** The one environment of this process, which says nothing to anybody. */
  static OrtEnvironment environment() {
    OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    try {
      environment.setTelemetry(false);
    } catch (OrtException e) {
      throw new IllegalStateException("telemetry cannot be switched off", e);
    }
    return environment;
  }
}
