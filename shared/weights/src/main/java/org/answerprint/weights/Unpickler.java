package org.answerprint.weights;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a pickle as {@code torch.save} writes it, and as far as it holds dictionaries, lists, tuples, words, numbers
 * and tensors. A pickle is a program for a machine with a stack; of this machine's instructions only those are here
 * that make such values, and the instruction that calls something calls only what {@link PythonNames} knows, which is
 * code of ours. Work and memory are bounded by the number of instructions, which is limited.
 */
final class Unpickler {

  private static final int MOST_INSTRUCTIONS = 8_000_000;
  private static final int MOST_VALUES = 3_000_000;
  private static final int DEEPEST_STACK = 100_000;
  private static final int MOST_MEMOS = 2_000_000;
  private static final int NEWEST_PROTOCOL = 5;

  private static final Pickled NOTHING = new Pickled.Nothing();

  private final PickleBytes bytes;
  private final Function<String, Optional<MemorySegment>> storages;
  private final List<Pickled> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, Pickled> memo = new HashMap<>();
  private int values;

  private Unpickler(MemorySegment pickle, Function<String, Optional<MemorySegment>> storages) {
    this.bytes = new PickleBytes(pickle);
    this.storages = storages;
  }

  /** What is wrong with a pickle, to follow its name in a sentence. */
  static final class Wrong extends Exception {

    Wrong(String message) {
      super(message);
    }
  }

  /**
   * Reads the value that a pickle holds.
   *
   * @param storages from a storage's key to its bytes
   * @throws Wrong where it is damaged, too large, or asks for anything that weights do not need
   */
  static Pickled read(MemorySegment pickle, Function<String, Optional<MemorySegment>> storages) throws Wrong {
    return new Unpickler(pickle, storages).run();
  }

  private Pickled run() throws Wrong {
    for (int i = 0; i < MOST_INSTRUCTIONS; i++) {
      int instruction = bytes.unsigned();
      if (instruction == '.') {
        return pop();
      }
      step(instruction);
    }
    throw new Wrong("it is longer than %d instructions".formatted(MOST_INSTRUCTIONS));
  }

  private void step(int instruction) throws Wrong {
    switch (instruction) {
      case 0x80 -> protocol();
      case 0x95 -> bytes.signed64(); // a frame's length, of use only to readers of streams
      case '(' -> mark();
      case '0' -> drop();
      case '1' -> popToMark();
      case '2' -> push(top());
      case '}' -> push(new Pickled.Dictionary());
      case ']' -> push(new Pickled.Sequence(new ArrayList<>()));
      case ')' -> push(new Pickled.Sequence(List.of()));
      case 't' -> push(new Pickled.Sequence(popToMark()));
      case 'l' -> push(new Pickled.Sequence(new ArrayList<>(popToMark())));
      case 0x85 -> push(new Pickled.Sequence(pop(1)));
      case 0x86 -> push(new Pickled.Sequence(pop(2)));
      case 0x87 -> push(new Pickled.Sequence(pop(3)));
      case 'd' -> dictionary();
      case 'a' -> append(pop(1));
      case 'e' -> append(popToMark());
      case 's' -> put(pop(2));
      case 'u' -> put(popToMark());
      case 'N' -> push(NOTHING);
      case 0x88 -> push(new Pickled.Truth(true));
      case 0x89 -> push(new Pickled.Truth(false));
      case 'K' -> push(new Pickled.Whole(bytes.unsigned()));
      case 'M' -> push(new Pickled.Whole(bytes.unsigned16()));
      case 'J' -> push(new Pickled.Whole(bytes.signed32()));
      case 0x8a -> push(new Pickled.Whole(bytes.whole(bytes.unsigned())));
      case 'G' -> push(new Pickled.Fraction(bytes.fraction()));
      case 'X' -> push(new Pickled.Text(bytes.text(bytes.unsigned32())));
      case 0x8c -> push(new Pickled.Text(bytes.text(bytes.unsigned())));
      case 0x8d -> push(new Pickled.Text(bytes.text(bytes.signed64())));
      case 'q' -> remember(bytes.unsigned());
      case 'r' -> remember(bytes.unsigned32());
      case 0x94 -> remember(memo.size());
      case 'h' -> push(recall(bytes.unsigned()));
      case 'j' -> push(recall(bytes.unsigned32()));
      case 'c' -> push(name(bytes.line(), bytes.line()));
      case 0x93 -> stackName();
      case 'R' -> call();
      case 'b' -> state();
      case 'Q' -> push(storage(pop()));
      default -> throw new Wrong("it has the instruction 0x%02x at byte %d, which weights do not need".formatted(
          instruction, bytes.position() - 1));
    }
  }

  private void protocol() throws Wrong {
    int protocol = bytes.unsigned();
    if (protocol > NEWEST_PROTOCOL) {
      throw new Wrong("it is of protocol %d, where %d is the newest known".formatted(protocol, NEWEST_PROTOCOL));
    }
  }

  private Pickled name(String module, String name) throws Wrong {
    return PythonNames.find(module, name).orElseThrow(() -> new Wrong(
        "it asks for %s of Python, which is refused: only dictionaries, lists, words, numbers and tensors are read, "
            .formatted(Quoted.name(module + "." + name)) + "and nothing in a file is executed"));
  }

  private void stackName() throws Wrong {
    List<Pickled> words = pop(2);
    if (words.getFirst() instanceof Pickled.Text(String module)
        && words.getLast() instanceof Pickled.Text(String name)) {
      push(name(module, name));
    } else {
      throw new Wrong("it asks for a name of Python that is no text");
    }
  }

  private void call() throws Wrong {
    List<Pickled> call = pop(2);
    if (!(call.getFirst() instanceof Pickled.Maker maker)
        || !(call.getLast() instanceof Pickled.Sequence arguments)) {
      throw new Wrong("it calls what cannot be called");
    }
    push(switch (maker) {
      case ORDERED_DICT -> orderedDict(arguments.items());
      case REBUILD_TENSOR -> TensorRebuild.tensor(arguments.items());
      case REBUILD_TENSOR_OF_TYPE -> TensorRebuild.tensorOfType(arguments.items());
      case REBUILD_PARAMETER -> TensorRebuild.parameter(arguments.items());
    });
  }

  private Pickled orderedDict(List<Pickled> arguments) throws Wrong {
    if (!arguments.isEmpty()) {
      throw new Wrong("it makes an OrderedDict of something, where torch.save fills empty ones");
    }
    return new Pickled.Dictionary();
  }

  /** A state dict carries version numbers as attributes of its own; they say nothing about weights. */
  private void state() throws Wrong {
    pop();
    if (!(top() instanceof Pickled.Dictionary)) {
      throw new Wrong("it sets the state of something that is no dictionary");
    }
  }

  private Pickled storage(Pickled id) throws Wrong {
    if (id instanceof Pickled.Sequence sequence && sequence.items().size() >= 5
        && sequence.items().get(0) instanceof Pickled.Text(String kind) && kind.equals("storage")
        && sequence.items().get(1) instanceof Pickled.StorageType(Optional<ElementType> type)
        && sequence.items().get(2) instanceof Pickled.Text(String key)
        && sequence.items().get(4) instanceof Pickled.Whole(long elements)) {
      return storage(type, key, elements);
    }
    throw new Wrong("it refers to something outside it that is no storage of a known type");
  }

  private Pickled storage(Optional<ElementType> type, String key, long elements) throws Wrong {
    MemorySegment found = storages.apply(key).orElseThrow(() -> new Wrong(
        "it refers to the storage %s, which the file does not hold".formatted(Quoted.name(key))));
    int width = type.map(ElementType::bytes).orElse(1);
    if (elements < 0 || elements > Long.MAX_VALUE / width || elements * width != found.byteSize()) {
      throw new Wrong("it says that the storage %s has %d elements of %s, and there are %d bytes".formatted(
          Quoted.name(key), elements, type.map(ElementType::toString).orElse("one byte"), found.byteSize()));
    }
    return new Pickled.Storage(type, found);
  }

  private void dictionary() throws Wrong {
    List<Pickled> entries = popToMark();
    push(new Pickled.Dictionary());
    put(entries);
  }

  private void put(List<Pickled> entries) throws Wrong {
    if (!(top() instanceof Pickled.Dictionary dictionary) || entries.size() % 2 != 0) {
      throw new Wrong("it puts entries into what is no dictionary");
    }
    for (int i = 0; i < entries.size(); i += 2) {
      if (!(entries.get(i) instanceof Pickled.Key key)) {
        throw new Wrong("it has a dictionary with a key that is neither a word nor a whole number");
      }
      if (dictionary.entries().put(key, entries.get(i + 1)) != null) {
        throw new Wrong("it has a dictionary with %s twice".formatted(key instanceof Pickled.Text(String text)
            ? Quoted.name(text) : key.toString()));
      }
    }
  }

  private void append(List<Pickled> items) throws Wrong {
    // Tuples are made of unmodifiable lists, and lists of modifiable ones.
    if (!(top() instanceof Pickled.Sequence sequence && sequence.items() instanceof ArrayList<Pickled> list)) {
      throw new Wrong("it appends to what is no list");
    }
    list.addAll(items);
  }

  private void remember(long index) throws Wrong {
    memo.put(index, top());
    if (memo.size() > MOST_MEMOS) {
      throw new Wrong("it remembers more than %d values".formatted(MOST_MEMOS));
    }
  }

  private Pickled recall(long index) throws Wrong {
    Pickled value = memo.get(index);
    if (value == null) {
      throw new Wrong("it recalls the value %d, which it never had".formatted(index));
    }
    return value;
  }

  private void push(Pickled value) throws Wrong {
    if (++values > MOST_VALUES) {
      throw new Wrong("it makes more than %d values".formatted(MOST_VALUES));
    }
    if (stack.size() == DEEPEST_STACK) {
      throw new Wrong("it nests values deeper than %d".formatted(DEEPEST_STACK));
    }
    stack.add(value);
  }

  private void mark() throws Wrong {
    if (marks.size() == DEEPEST_STACK) {
      throw new Wrong("it nests values deeper than %d".formatted(DEEPEST_STACK));
    }
    marks.add(stack.size());
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.getLast();
  }

  private Pickled top() throws Wrong {
    if (stack.size() == floor()) {
      throw new Wrong("it takes a value where there is none");
    }
    return stack.getLast();
  }

  private Pickled pop() throws Wrong {
    top();
    return stack.removeLast();
  }

  /** The instruction that drops a value drops a mark where one is on top. */
  private void drop() throws Wrong {
    if (!marks.isEmpty() && stack.size() == floor()) {
      marks.removeLast();
    } else {
      pop();
    }
  }

  private List<Pickled> pop(int count) throws Wrong {
    if (stack.size() - count < floor()) {
      throw new Wrong("it takes a value where there is none");
    }
    return take(stack.size() - count);
  }

  private List<Pickled> popToMark() throws Wrong {
    if (marks.isEmpty()) {
      throw new Wrong("it takes values from a mark that it never set");
    }
    return take(marks.removeLast());
  }

  private List<Pickled> take(int from) {
    List<Pickled> top = stack.subList(from, stack.size());
    List<Pickled> taken = List.copyOf(top);
    top.clear();
    return taken;
  }
}
