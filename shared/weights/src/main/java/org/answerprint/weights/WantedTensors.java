package org.answerprint.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import java.util.LinkedHashMap;
import java.util.function.Predicate;
import org.answerprint.faults.RequestFault;

/** All tensors that a network needs, held against those that a file has. Immutable. */
public final class WantedTensors {

  private final SequencedMap<String, WantedTensor> wanted;
  private final Predicate<String> ignored;

  private WantedTensors(SequencedMap<String, WantedTensor> wanted, Predicate<String> ignored) {
    this.wanted = wanted;
    this.ignored = ignored;
  }

  /** @throws IllegalArgumentException where two have one name */
  public static WantedTensors of(Collection<WantedTensor> tensors) {
    SequencedMap<String, WantedTensor> wanted = new LinkedHashMap<>();
    for (WantedTensor tensor : tensors) {
      if (wanted.put(tensor.name(), tensor) != null) {
        throw new IllegalArgumentException(tensor.name() + " is wanted twice");
      }
    }
    return new WantedTensors(wanted, name -> false);
  }

  /** The same, and extra tensors of these names are let be: {@code position_ids}, and other leftovers of training. */
  public WantedTensors ignoring(Predicate<String> extra) {
    return new WantedTensors(wanted, ignored.or(extra));
  }

  /** Those that are wanted, in the order given. */
  public List<WantedTensor> all() {
    return List.copyOf(wanted.sequencedValues());
  }

  /** Every wrong, missing and extra tensor, one sentence each, with what was expected and what was found. */
  public List<String> problems(Tensors found) {
    List<String> problems = new ArrayList<>();
    for (WantedTensor tensor : wanted.values()) {
      found.find(tensor.name()).ifPresentOrElse(
          candidate -> compare(tensor, candidate, problems),
          () -> problems.add(sentence("is missing", tensor.name(), tensor.expectation(), "nothing")));
    }
    for (Tensor tensor : found.all()) {
      if (!wanted.containsKey(tensor.name()) && !ignored.test(tensor.name())) {
        problems.add(sentence("is not part of the network", tensor.name(), "nothing", description(tensor)));
      }
    }
    return problems;
  }

  /** @throws RequestFault with all problems at once, one on each line */
  public void require(Tensors found) {
    List<String> problems = problems(found);
    if (!problems.isEmpty()) {
      throw new RequestFault("%s does not fit the network, %s; give weights and config of one model:%n  %s".formatted(
          found.source(), problems.size() == 1 ? "one tensor is wrong" : problems.size() + " tensors are wrong",
          String.join(System.lineSeparator() + "  ", problems)));
    }
  }

  private static void compare(WantedTensor wanted, Tensor found, List<String> problems) {
    if (!wanted.shape().equals(found.shape())) {
      problems.add(sentence("has a wrong shape", wanted.name(), wanted.expectation(), description(found)));
    } else if (!wanted.types().contains(found.type())) {
      problems.add(sentence("has a wrong type", wanted.name(), wanted.expectation(), description(found)));
    }
  }

  private static String sentence(String problem, String name, String expected, String found) {
    return "tensor %s %s: expected %s, found %s".formatted(Quoted.name(name), problem, expected, found);
  }

  private static String description(Tensor tensor) {
    return tensor.type() + " " + tensor.shape();
  }
}
