package org.answerprint.weights;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.answerprint.faults.RequestFault;

/**
 * Named tensors, in the order of their file, and the memory they lie in. Nothing changes them but {@link #close},
 * which frees the memory of this set and of every set made from it; whatever was bound to it (a session, a buffer)
 * must be closed first. Safe to share between threads.
 */
public final class Tensors implements AutoCloseable {

  private final String source;
  private final SequencedMap<String, Tensor> tensors;
  private final Memory memory;

  private Tensors(String source, Collection<Tensor> tensors, Memory memory) {
    this.source = source;
    this.memory = memory;
    this.tensors = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      if (this.tensors.put(tensor.name(), tensor) != null) {
        throw new RequestFault("%s holds two tensors %s; keep one".formatted(source, Quoted.name(tensor.name())));
      }
    }
  }

  /** Frees an arena once, however often it is asked. */
  private record Memory(Arena arena, AtomicBoolean freed) {

    void free() {
      if (freed.compareAndSet(false, true)) {
        arena.close();
      }
    }
  }

  /**
   * Tensors that own their memory.
   *
   * @param source what to call them in messages: a file, mostly
   * @param memory closed with them
   * @throws RequestFault where two have one name
   */
  public static Tensors of(String source, Collection<Tensor> tensors, Arena memory) {
    return new Tensors(source, tensors, new Memory(memory, new AtomicBoolean()));
  }

  /** Tensors whose memory somebody else owns, or the collector; closing them does nothing. */
  public static Tensors of(String source, Collection<Tensor> tensors) {
    return new Tensors(source, tensors, new Memory(Arena.ofShared(), new AtomicBoolean(true)));
  }

  /** What they are called in messages: the file they came from. */
  public String source() {
    return source;
  }

  /** All of them, in the order of the file. */
  public Collection<Tensor> all() {
    return Collections.unmodifiableCollection(tensors.values());
  }

  /** Their names, in the order of the file. */
  public List<String> names() {
    return List.copyOf(tensors.sequencedKeySet());
  }

  public int size() {
    return tensors.size();
  }

  /** The size of all elements in bytes. */
  public long bytes() {
    return tensors.values().stream().mapToLong(tensor -> tensor.spec().bytes()).sum();
  }

  public Optional<Tensor> find(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /** @throws RequestFault where there is none of that name */
  public Tensor get(String name) {
    return find(name).orElseThrow(() -> new RequestFault(
        "%s has no tensor %s; give a file that has one".formatted(source, Quoted.name(name))));
  }

  /**
   * The same tensors under other names, in the same memory.
   *
   * @throws RequestFault where two come to have one name
   */
  public Tensors renamed(UnaryOperator<String> name) {
    List<Tensor> renamed = new ArrayList<>();
    tensors.values().forEach(tensor -> renamed.add(tensor.named(name.apply(tensor.name()))));
    return new Tensors(source, renamed, memory);
  }

  /** Those tensors whose name is accepted, in the same memory. */
  public Tensors only(Predicate<String> name) {
    return new Tensors(source, tensors.values().stream().filter(tensor -> name.test(tensor.name())).toList(), memory);
  }

  /** All tensors by name, unmodifiable, in the order of the file. */
  public Map<String, Tensor> asMap() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public void close() {
    memory.free();
  }

  @Override
  public String toString() {
    return source + " of " + size() + " tensors";
  }
}
