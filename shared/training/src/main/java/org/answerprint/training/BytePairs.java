package org.answerprint.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small vocabulary of byte pairs in CLIP's form: letters, letters at a word's end, and merges until each of the given words is
 * one token. Other words are spelt by their letters.
 *
 * @param tokens in the order of their ids
 * @param merges in the order in which they apply, two tokens each
 */
record BytePairs(List<String> tokens, List<List<String>> merges) {

  static final String BEGIN = "<|startoftext|>";
  static final String END = "<|endoftext|>";
  private static final String WORD_END = "</w>";

  BytePairs {
    tokens = List.copyOf(tokens);
    merges = List.copyOf(merges);
  }

  /** The vocabulary of these words, of letters from a to z: the most frequent pair is merged first, of equals the first by letters. */
  static BytePairs of(List<String> words) {
    List<String> letters = IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList();
    Set<String> tokens = new LinkedHashSet<>(letters);
    letters.forEach(letter -> tokens.add(letter + WORD_END));
    List<List<String>> merges = new ArrayList<>();
    List<List<String>> spelt = words.stream().map(BytePairs::spelt).toList();
    while (spelt.stream().anyMatch(word -> word.size() > 1)) {
      List<String> pair = mostFrequent(spelt);
      merges.add(pair);
      tokens.add(String.join("", pair));
      spelt = spelt.stream().map(word -> merged(word, pair)).toList();
    }
    tokens.add(BEGIN);
    tokens.add(END);
    return new BytePairs(List.copyOf(tokens), merges);
  }

  private static List<String> spelt(String word) {
    List<String> letters = new ArrayList<>(Stream.of(word.split("")).toList());
    letters.set(letters.size() - 1, letters.getLast() + WORD_END);
    return letters;
  }

  private static List<String> mostFrequent(List<List<String>> words) {
    Map<List<String>, Integer> counts = new TreeMap<>(Comparator.comparing((List<String> pair) -> String.join(" ", pair)));
    words.forEach(word -> IntStream.range(1, word.size()).forEach(i -> counts.merge(word.subList(i - 1, i + 1), 1, Integer::sum)));
    int most = counts.values().stream().mapToInt(count -> count).max().orElseThrow();
    return counts.entrySet().stream().filter(entry -> entry.getValue() == most).findFirst().orElseThrow().getKey();
  }

  private static List<String> merged(List<String> word, List<String> pair) {
    List<String> result = new ArrayList<>();
    for (String symbol : word) {
      boolean joins = !result.isEmpty() && result.getLast().equals(pair.getFirst()) && symbol.equals(pair.getLast());
      if (joins) {
        result.set(result.size() - 1, String.join("", pair));
      } else {
        result.add(symbol);
      }
    }
    return result;
  }
}
