package org.answerprint.models;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;

/** PyTorch's zip checkpoints of float32 tensors, as {@code torch.save} writes them but for its memo of repeated words. */
final class TorchFile {

  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

  private TorchFile() {}

  /** {@code {name: tensor}}. */
  static void write(Path file, Tensors tensors) throws IOException {
    write(file, new TorchFile().raw("\u0080\u0002").dictionary(tensors).raw("."), tensors);
  }

  /** {@code {key: {name: tensor}, "epoch": 7}}. */
  static void write(Path file, String key, Tensors tensors) throws IOException {
    write(file, new TorchFile().raw("\u0080\u0002}(").text(key).dictionary(tensors).text("epoch").whole(7).raw("u."), tensors);
  }

  private static void write(Path file, TorchFile pickle, Tensors tensors) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setMethod(ZipOutputStream.STORED);
      put(zip, "archive/data.pkl", pickle.pickle.toByteArray());
      put(zip, "archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
      int number = 0;
      for (Tensor tensor : tensors.all()) {
        byte[] bytes = new byte[Math.toIntExact(tensor.spec().bytes())];
        tensor.buffer().get(bytes);
        put(zip, "archive/data/" + number++, bytes);
      }
      put(zip, "archive/version", new byte[] {'3', '\n'});
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] data) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(data);
    entry.setSize(data.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(data);
  }

  private TorchFile dictionary(Tensors tensors) {
    raw("ccollections\nOrderedDict\n)R(");
    int number = 0;
    for (Tensor tensor : tensors.all()) {
      long[] shape = tensor.shape().toArray();
      text(tensor.name()).raw("ctorch._utils\n_rebuild_tensor_v2\n((").text("storage").raw("ctorch\nFloatStorage\n").text("" + number++)
          .text("cpu").whole(tensor.shape().elements()).raw("tQ").whole(0).wholes(shape).wholes(strides(shape))
          .raw("\u0089ccollections\nOrderedDict\n)RtR");
    }
    return raw("u");
  }

  private static long[] strides(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return strides;
  }

  private TorchFile raw(String instructions) {
    pickle.writeBytes(instructions.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  private TorchFile text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    raw("X").int32(utf8.length);
    pickle.writeBytes(utf8);
    return this;
  }

  private TorchFile whole(long number) {
    return raw("J").int32(Math.toIntExact(number));
  }

  private TorchFile wholes(long... numbers) {
    raw("(");
    for (long number : numbers) {
      whole(number);
    }
    return raw("t");
  }

  private TorchFile int32(int number) {
    pickle.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    return this;
  }
}
