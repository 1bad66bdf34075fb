package org.answerprint.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.answerprint.faults.RequestFault;

/**
 * A checkpoint as {@code torch.save} has written them since PyTorch 1.6: a zip archive of one folder with
 * {@code data.pkl}, which says what there is, and {@code data/0}, {@code data/1} and so on, the storages as they are
 * in memory.
 */
final class PyTorchArchive {

  private static final String PICKLE = "data.pkl";
  private static final long LONGEST_PICKLE = 64L << 20;
  private static final int LONGEST_LIST = 8;

  private final MappedFile file;
  private final Pickled.Dictionary top;

  private PyTorchArchive(MappedFile file, Pickled.Dictionary top) {
    this.file = file;
    this.top = top;
  }

  /** @throws RequestFault where it is no such checkpoint, or asks for anything that weights do not need */
  static PyTorchArchive read(MappedFile file) {
    ZipIndex zip = ZipIndex.read(file);
    String folder = folder(file, zip);
    requireLittleEndian(file, zip, folder);
    MemorySegment pickle = zip.find(folder + PICKLE).orElseThrow();
    if (pickle.byteSize() > LONGEST_PICKLE) {
      throw file.fault("has a data.pkl of %d bytes, where %d are the most; save the state dict alone",
          pickle.byteSize(), LONGEST_PICKLE);
    }
    try {
      if (Unpickler.read(pickle, key -> zip.find(folder + "data/" + key)) instanceof Pickled.Dictionary top) {
        return new PyTorchArchive(file, top);
      }
    } catch (Unpickler.Wrong e) {
      throw file.fault("cannot be read, because of its data.pkl: %s; fetch it again, or have its state dict "
          + "saved alone", e.getMessage());
    }
    throw file.fault("holds something other than a dictionary; save the state dict alone");
  }

  /**
   * The tensors of the first of these dictionaries that is there. What else is in it, numbers or further
   * dictionaries, is passed over.
   *
   * @param arena for the few tensors that are not stored row by row, which are copied
   * @throws RequestFault where none is there, or it holds no tensor
   */
  List<Tensor> tensors(List<KeyPath> places, Arena arena) {
    for (KeyPath place : places) {
      Optional<Pickled.Dictionary> found = find(place);
      if (found.isPresent()) {
        return tensors(place, found.get(), arena);
      }
    }
    throw file.fault("has no dictionary %s; at its top it has %s",
        places.stream().map(KeyPath::toString).collect(Collectors.joining(" or ")), contents(top));
  }

  private List<Tensor> tensors(KeyPath place, Pickled.Dictionary dictionary, Arena arena) {
    List<Tensor> tensors = new ArrayList<>();
    ViewCopy copy = new ViewCopy(file, arena);
    dictionary.entries().forEach((key, value) -> {
      if (key instanceof Pickled.Text(String name) && value instanceof Pickled.View view) {
        tensors.add(copy.tensor(name, view));
      }
    });
    if (tensors.isEmpty()) {
      throw file.fault("has no tensors in its dictionary %s, only %s; name the one that has them",
          place, contents(dictionary));
    }
    return tensors;
  }

  private Optional<Pickled.Dictionary> find(KeyPath place) {
    Pickled.Dictionary at = top;
    for (String key : place.keys()) {
      if (!(at.entries().get(new Pickled.Text(key)) instanceof Pickled.Dictionary inner)) {
        return Optional.empty();
      }
      at = inner;
    }
    return Optional.of(at);
  }

  private static String contents(Pickled.Dictionary dictionary) {
    String first = dictionary.entries().keySet().stream().limit(LONGEST_LIST)
        .map(key -> switch (key) {
          case Pickled.Text(String text) -> Quoted.name(text);
          case Pickled.Whole(long number) -> Long.toString(number);
        })
        .collect(Collectors.joining(", "));
    int more = dictionary.entries().size() - LONGEST_LIST;
    return first.isEmpty() ? "nothing" : more > 0 ? first + " and %d more".formatted(more) : first;
  }

  /** The one folder that everything lies in; its name is of no account. */
  private static String folder(MappedFile file, ZipIndex zip) {
    List<String> pickles = zip.names().stream().filter(name -> name.matches("[^/]*/" + Pattern.quote(PICKLE))).toList();
    if (pickles.size() != 1) {
      throw file.fault("is a zip archive without a folder of PyTorch's in it; give a file that torch.save wrote");
    }
    return pickles.getFirst().substring(0, pickles.getFirst().length() - PICKLE.length());
  }

  private static void requireLittleEndian(MappedFile file, ZipIndex zip, String folder) {
    // Files of before PyTorch 2.1 do not say; they were all written on little-endian machines.
    zip.find(folder + "byteorder").ifPresent(order -> {
      String said = new String(order.asSlice(0, Math.min(order.byteSize(), 16)).toArray(ValueLayout.JAVA_BYTE),
          StandardCharsets.ISO_8859_1);
      if (!said.equals("little")) {
        throw file.fault("has the byte order %s, and only little is read; save it on another machine",
            Quoted.name(said));
      }
    });
  }
}
