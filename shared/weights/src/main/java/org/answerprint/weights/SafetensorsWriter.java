package org.answerprint.weights;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.answerprint.faults.TransientFault;

/**
 * Writes a safetensors file tensor by tensor, holding one window in memory. The file appears under its name, whole,
 * with {@link #finish()}; closing without it leaves nothing behind. The same tensors give the same bytes. Not
 * thread-safe.
 */
public final class SafetensorsWriter implements AutoCloseable {

  /** Where the first tensor begins: a multiple of the widest vector, so that a mapped tensor can be aligned. */
  private static final int ALIGNMENT = 64;
  private static final int WINDOW = 1 << 20;

  private final Path path;
  private final Path part;
  private final List<TensorSpec> specs;
  private final FileChannel out;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment window = arena.allocate(WINDOW, Long.BYTES);
  private int written;
  private boolean finished;

  /**
   * Starts a file.
   *
   * @param specs what will be put, in this order; wider types first keep every tensor aligned
   * @param metadata words for the header
   * @throws IllegalArgumentException where two tensors have one name, or one that the format reserves
   * @throws TransientFault where the file cannot be made
   */
  public SafetensorsWriter(Path path, List<TensorSpec> specs, Map<String, String> metadata) {
    this.path = path;
    this.specs = List.copyOf(specs);
    requireNames(specs);
    part = path.resolveSibling(path.getFileName() + ".part");
    try {
      out = FileChannel.open(part,
          StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    } catch (IOException e) {
      arena.close();
      throw fault(e);
    }
    try {
      writeFully(ByteBuffer.wrap(header(this.specs, new TreeMap<>(metadata))));
    } catch (IOException e) {
      close();
      throw fault(e);
    }
  }

  /**
   * Writes a whole set, wider types first and otherwise in its order, replacing any file of that name.
   *
   * @throws TransientFault where the disk refuses
   */
  public static void write(Path path, Tensors tensors, Map<String, String> metadata) {
    List<Tensor> order = tensors.all().stream()
        .sorted(Comparator.comparingInt((Tensor tensor) -> -tensor.type().bytes()))
        .toList();
    write(path, order.stream().map(Tensor::spec).toList(), order, metadata);
  }

  /**
   * Writes tensors in their order, all of them converted to one type, replacing any file of that name.
   *
   * @param type of floating point
   * @throws TransientFault where the disk refuses
   */
  public static void writeAs(ElementType type, Path path, List<Tensor> tensors, Map<String, String> metadata) {
    write(path, tensors.stream().map(tensor -> new TensorSpec(tensor.name(), type, tensor.shape())).toList(), tensors, metadata);
  }

  private static void write(Path path, List<TensorSpec> specs, List<Tensor> tensors, Map<String, String> metadata) {
    try (SafetensorsWriter writer = new SafetensorsWriter(path, specs, metadata)) {
      tensors.forEach(writer::put);
      writer.finish();
    }
  }

  /**
   * Appends the next tensor, converted where another floating-point type was announced for it.
   *
   * @throws IllegalArgumentException where it is not the one announced next
   * @throws TransientFault where the disk refuses
   */
  public void put(Tensor tensor) {
    if (written == specs.size()) {
      throw new IllegalArgumentException(tensor.spec() + " comes after the last tensor that was announced");
    }
    TensorSpec spec = specs.get(written);
    if (!spec.name().equals(tensor.name()) || !spec.shape().equals(tensor.shape())) {
      throw new IllegalArgumentException("%s was announced next, and %s came".formatted(spec, tensor.spec()));
    }
    int perWindow = WINDOW / spec.type().bytes();
    try {
      for (long done = 0; done < spec.shape().elements(); done += perWindow) {
        long count = Math.min(perWindow, spec.shape().elements() - done);
        Conversion.convert(tensor, done, count, spec.type(), window);
        writeFully(window.asSlice(0, count * spec.type().bytes()).asByteBuffer());
      }
    } catch (IOException e) {
      throw fault(e);
    }
    written++;
  }

  /**
   * Gives the file its name, replacing any file of that name.
   *
   * @throws IllegalStateException where a tensor that was announced has not come
   * @throws TransientFault where the disk refuses
   */
  public void finish() {
    if (written != specs.size()) {
      throw new IllegalStateException(specs.get(written) + " was announced and has not come");
    }
    try {
      out.force(true);
      out.close();
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw fault(e);
    }
    finished = true;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
    if (finished) {
      return;
    }
    try {
      out.close();
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw fault(e);
    }
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private TransientFault fault(IOException cause) {
    return new TransientFault(
        "%s could not be written (%s); make room on the disk and try again".formatted(path, cause), cause);
  }

  private static void requireNames(List<TensorSpec> specs) {
    Set<String> names = new HashSet<>(Set.of(SafetensorsHeader.METADATA));
    for (TensorSpec spec : specs) {
      if (!names.add(spec.name())) {
        throw new IllegalArgumentException(Quoted.name(spec.name()) + " cannot be the name of this tensor too");
      }
    }
  }

  private static byte[] header(List<TensorSpec> specs, SortedMap<String, String> metadata) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA);
        for (var word : metadata.entrySet()) {
          json.writeStringField(word.getKey(), word.getValue());
        }
        json.writeEndObject();
      }
      long position = 0;
      for (TensorSpec spec : specs) {
        json.writeObjectFieldStart(spec.name());
        json.writeStringField("dtype", spec.type().code());
        numbers(json, "shape", spec.shape().toArray());
        numbers(json, "data_offsets", position, position += spec.bytes());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    while ((Long.BYTES + text.size()) % ALIGNMENT != 0) {
      text.write(' ');
    }
    ByteBuffer header = ByteBuffer.allocate(Long.BYTES + text.size()).order(ByteOrder.LITTLE_ENDIAN);
    return header.putLong(text.size()).put(text.toByteArray()).array();
  }

  private static void numbers(JsonGenerator json, String field, long... numbers) throws IOException {
    json.writeArrayFieldStart(field);
    for (long number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }
}
