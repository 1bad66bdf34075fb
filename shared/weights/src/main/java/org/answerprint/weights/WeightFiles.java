package org.answerprint.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;

/**
 * Opens files of weights, whatever kind they are. Tensors stay in the file, mapped into memory, so files may be larger
 * than memory; a file must not be changed while it is open.
 */
public final class WeightFiles {

  // A variant stands before the last point: model.safetensors.index.fp16.json.
  private static final Pattern INDEX = Pattern.compile(".*\\.index(?:\\.[\\w-]+)?\\.json");

  private WeightFiles() {}

  /**
   * Opens a safetensors file, an index ({@code *.index.json}) with all the files it names, or a PyTorch zip checkpoint.
   *
   * @param places where a PyTorch checkpoint may have its dictionary of tensors: the first that is there is read; with
   *     none given, {@link KeyPath#TOP}. Other files have one place only, and these are not looked at.
   * @throws RequestFault where the file is not there, or is not as its format has it
   * @throws TransientFault where the disk refuses
   */
  public static Tensors open(Path path, KeyPath... places) {
    Arena arena = Arena.ofShared();
    try {
      List<KeyPath> asked = places.length == 0 ? List.of(KeyPath.TOP) : List.of(places);
      return Tensors.of(path.toString(), tensors(MappedFile.open(path, arena), asked, arena), arena);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Tensors of a safetensors file that is in memory already, such as a resource; they take no memory but that of the content,
   * and closing them does nothing.
   *
   * @param name to call it in messages
   * @throws RequestFault where the content is not as the format has it
   */
  public static Tensors of(String name, byte[] content) {
    MappedFile file = new MappedFile(Path.of(name), MemorySegment.ofArray(content).asReadOnly());
    return Tensors.of(name, SafetensorsReader.read(file));
  }

  private static List<Tensor> tensors(MappedFile file, List<KeyPath> places, Arena arena) {
    if (INDEX.matcher(file.path().getFileName().toString()).matches()) {
      return ShardIndex.read(file).read(shard -> oneFile(MappedFile.open(shard, arena), places, arena));
    }
    return oneFile(file, places, arena);
  }

  private static List<Tensor> oneFile(MappedFile file, List<KeyPath> places, Arena arena) {
    return ZipIndex.recognises(file)
        ? PyTorchArchive.read(file).tensors(places, arena)
        : SafetensorsReader.read(file);
  }
}
