package org.answerprint.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import org.answerprint.faults.InternalFault;

/** ONNX Runtime, set up as we want it. */
final class OnnxRuntime {

  private static final OrtEnvironment ENVIRONMENT = silent();

  private OnnxRuntime() {}

  private static OrtEnvironment silent() {
    Telemetry.switchOff();
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      environment.setTelemetry(false);
      return environment;
    } catch (OrtException e) {
      throw new InternalFault("ONNX Runtime's telemetry cannot be switched off: %s".formatted(e.getMessage()), e);
    }
  }

  /** The one environment of this process; it reports nothing to anybody. */
  static OrtEnvironment environment() {
    return ENVIRONMENT;
  }

  /** Fresh options for one session, to be closed by the caller. */
  static SessionOptions options(Engine engine) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    options.setInterOpNumThreads(1);
    switch (engine) {
      case Engine.Cpu(int threads, Engine.Spared spared) -> {
        options.setIntraOpNumThreads(threads);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        spare(options, spared);
      }
      case Engine.Cuda(int device) -> addCuda(options, device);
    }
    return options;
  }

  /** Neither convolutions in blocks of channels nor packed matrices, unless nothing is spared: both are copies of the weights. */
  private static void spare(SessionOptions options, Engine.Spared spared) throws OrtException {
    if (spared != Engine.Spared.NOTHING) {
      options.setOptimizationLevel(spared == Engine.Spared.LOADING ? SessionOptions.OptLevel.NO_OPT : SessionOptions.OptLevel.BASIC_OPT);
      options.addConfigEntry("session.disable_prepacking", "1");
    }
  }

  /** FLOAT means FLOAT: half precision is asked for in the graph. Shapes vary, so no search for the fastest kernel of each. */
  private static void addCuda(SessionOptions options, int device) throws OrtException {
    options.setIntraOpNumThreads(1);
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device)) {
      cuda.add("use_tf32", "0");
      cuda.add("cudnn_conv_algo_search", "HEURISTIC");
      options.addCUDA(cuda);
    }
  }
}
