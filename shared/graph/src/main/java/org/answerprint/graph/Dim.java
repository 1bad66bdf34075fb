package org.answerprint.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The length of one axis: a number, or a polynomial in named lengths that are known only when the graph runs ({@code P + B},
 * {@code 4*R}). Two lengths are the same exactly when their polynomials are. A named length is taken to be at least 1, and
 * never to be the 1 that broadcasts. Immutable.
 */
public final class Dim {

  private static final String NUMBER = "";

  /** Coefficients by the product of names they stand before, names sorted and joined by an asterisk; no zeros. */
  private final SortedMap<String, Long> terms;

  private Dim(SortedMap<String, Long> terms) {
    terms.values().removeIf(coefficient -> coefficient == 0);
    this.terms = Collections.unmodifiableSortedMap(terms);
  }

  /** A length known now. */
  public static Dim of(long length) {
    if (length < 0) {
      throw new IllegalArgumentException("a length is not negative: " + length);
    }
    return new Dim(new TreeMap<>(Map.of(NUMBER, length)));
  }

  /** A length known when the graph runs: that of the graph input's axis which carries this name alone. */
  public static Dim of(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("a length's name is letters, digits and underscores: " + name);
    }
    return new Dim(new TreeMap<>(Map.of(name, 1L)));
  }

  /** Whether it is known now. */
  public boolean isNumber() {
    return terms.keySet().stream().allMatch(NUMBER::equals);
  }

  /** Whether it is known now and is this number. */
  public boolean is(long length) {
    return isNumber() && value() == length;
  }

  /** The number; asking a length that is not known yet is a mistake. */
  public long value() {
    if (!isNumber()) {
      throw new IllegalArgumentException("the length " + this + " is known only when the graph runs, and a number is needed");
    }
    return terms.getOrDefault(NUMBER, 0L);
  }

  /** The length where its names have these values; a name without one is a mistake. */
  public long at(Map<String, Long> lengths) {
    long sum = 0;
    for (Map.Entry<String, Long> term : terms.entrySet()) {
      long product = term.getValue();
      for (String name : split(term.getKey())) {
        if (!lengths.containsKey(name)) {
          throw new IllegalArgumentException("the length " + this + " needs a value for " + name);
        }
        product = Math.multiplyExact(product, lengths.get(name));
      }
      sum = Math.addExact(sum, product);
    }
    return sum;
  }

  /** The name that it is, where it is one name alone. */
  public Optional<String> name() {
    return names().stream().findFirst().filter(name -> equals(of(name)));
  }

  /** The sum of two lengths. */
  public Dim plus(Dim other) {
    SortedMap<String, Long> sum = new TreeMap<>(terms);
    other.terms.forEach((names, coefficient) -> sum.merge(names, coefficient, Math::addExact));
    return new Dim(sum);
  }

  /** The product of two lengths. */
  public Dim times(Dim other) {
    SortedMap<String, Long> product = new TreeMap<>();
    terms.forEach((mine, a) -> other.terms.forEach(
        (theirs, b) -> product.merge(join(mine, theirs), Math.multiplyExact(a, b), Math::addExact)));
    return new Dim(product);
  }

  /** So many times this length. */
  public Dim times(long factor) {
    return times(of(factor));
  }

  /** The quotient where it is a number times names, else empty. */
  public Optional<Dim> dividedBy(Dim divisor) {
    if (divisor.terms.isEmpty()) {
      return Optional.empty();
    }
    if (terms.isEmpty()) {
      return Optional.of(this);
    }
    if (divisor.terms.size() == 1) {
      return dividedByTerm(divisor.terms.firstKey(), divisor.terms.get(divisor.terms.firstKey()));
    }
    String lead = divisor.terms.lastKey();
    SortedMap<String, Long> mine = new TreeMap<>(Map.of(terms.lastKey(), terms.get(terms.lastKey())));
    return new Dim(mine).dividedByTerm(lead, divisor.terms.get(lead)).filter(ratio -> ratio.times(divisor).equals(this));
  }

  private Optional<Dim> dividedByTerm(String names, long coefficient) {
    SortedMap<String, Long> quotient = new TreeMap<>();
    for (Map.Entry<String, Long> term : terms.entrySet()) {
      List<String> left = new ArrayList<>(split(term.getKey()));
      for (String name : split(names)) {
        if (!left.remove(name)) {
          return Optional.empty();
        }
      }
      if (term.getValue() % coefficient != 0) {
        return Optional.empty();
      }
      quotient.put(String.join("*", left), term.getValue() / coefficient);
    }
    return Optional.of(new Dim(quotient));
  }

  /** The names in it. */
  SortedSet<String> names() {
    return terms.keySet().stream().flatMap(key -> split(key).stream()).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The coefficients by the names they multiply; the empty list stands before the number. */
  Map<List<String>, Long> terms() {
    return terms.entrySet().stream().collect(Collectors.toMap(term -> split(term.getKey()), Map.Entry::getValue));
  }

  private static List<String> split(String names) {
    return names.isEmpty() ? List.of() : Arrays.asList(names.split("\\*"));
  }

  private static String join(String left, String right) {
    List<String> names = new ArrayList<>(split(left));
    names.addAll(split(right));
    Collections.sort(names);
    return String.join("*", names);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dim dim && dim.terms.equals(terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  /** As in {@code 3*B+P+1}; a number is written as itself. */
  @Override
  public String toString() {
    if (isNumber()) {
      return Long.toString(value());
    }
    List<String> words = new ArrayList<>();
    terms.forEach((names, coefficient) -> words.add(names.isEmpty() ? Long.toString(coefficient)
        : coefficient == 1 ? names : coefficient + "*" + names));
    Collections.reverse(words);
    return String.join("+", words);
  }
}
