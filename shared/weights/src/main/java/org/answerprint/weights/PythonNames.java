package org.answerprint.weights;

import static org.answerprint.weights.ElementType.BFLOAT16;
import static org.answerprint.weights.ElementType.BOOL;
import static org.answerprint.weights.ElementType.FLOAT16;
import static org.answerprint.weights.ElementType.FLOAT32;
import static org.answerprint.weights.ElementType.FLOAT64;
import static org.answerprint.weights.ElementType.INT16;
import static org.answerprint.weights.ElementType.INT32;
import static org.answerprint.weights.ElementType.INT64;
import static org.answerprint.weights.ElementType.INT8;
import static org.answerprint.weights.ElementType.UINT16;
import static org.answerprint.weights.ElementType.UINT32;
import static org.answerprint.weights.ElementType.UINT64;
import static org.answerprint.weights.ElementType.UINT8;

import java.util.Map;
import java.util.Optional;

/**
 * The names of Python's that weights need. It is this list, and not a list of what is dangerous, that keeps files
 * harmless: a name that is not here ends the reading.
 */
final class PythonNames {

  private static final Map<String, Pickled> KNOWN = Map.ofEntries(
      Map.entry("collections.OrderedDict", Pickled.Maker.ORDERED_DICT),
      Map.entry("torch._utils._rebuild_tensor_v2", Pickled.Maker.REBUILD_TENSOR),
      Map.entry("torch._utils._rebuild_tensor_v3", Pickled.Maker.REBUILD_TENSOR_OF_TYPE),
      Map.entry("torch._utils._rebuild_parameter", Pickled.Maker.REBUILD_PARAMETER),
      storage("torch.DoubleStorage", FLOAT64),
      storage("torch.FloatStorage", FLOAT32),
      storage("torch.HalfStorage", FLOAT16),
      storage("torch.BFloat16Storage", BFLOAT16),
      storage("torch.LongStorage", INT64),
      storage("torch.IntStorage", INT32),
      storage("torch.ShortStorage", INT16),
      storage("torch.CharStorage", INT8),
      storage("torch.ByteStorage", UINT8),
      storage("torch.BoolStorage", BOOL),
      Map.entry("torch.UntypedStorage", new Pickled.StorageType(Optional.empty())),
      Map.entry("torch.storage.UntypedStorage", new Pickled.StorageType(Optional.empty())),
      type("torch.float64", FLOAT64),
      type("torch.float32", FLOAT32),
      type("torch.float16", FLOAT16),
      type("torch.bfloat16", BFLOAT16),
      type("torch.int64", INT64),
      type("torch.int32", INT32),
      type("torch.int16", INT16),
      type("torch.int8", INT8),
      type("torch.uint64", UINT64),
      type("torch.uint32", UINT32),
      type("torch.uint16", UINT16),
      type("torch.uint8", UINT8),
      type("torch.bool", BOOL));

  private PythonNames() {}

  static Optional<Pickled> find(String module, String name) {
    return Optional.ofNullable(KNOWN.get(module + "." + name));
  }

  private static Map.Entry<String, Pickled> storage(String name, ElementType type) {
    return Map.entry(name, new Pickled.StorageType(Optional.of(type)));
  }

  private static Map.Entry<String, Pickled> type(String name, ElementType type) {
    return Map.entry(name, new Pickled.TypeName(type));
  }
}
