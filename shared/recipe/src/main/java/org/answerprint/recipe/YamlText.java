package org.answerprint.recipe;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML to {@link Value}, bounded in size, depth and aliases. No object is ever built from a tag. Plain words are read
 * by YAML 1.2's core rules, so that {@code no} is a word and {@code 1:30} is no number.
 */
final class YamlText {

  /** The most that is read of what people write. */
  static final int MOST_WRITTEN = 64 * 1024;
  /** The most that is read of canonical text: aliases are written out in it and inherited options repeated. */
  static final int MOST_STORED = 32 * 1024 * 1024;
  private static final int DEEPEST = 20;
  private static final int MOST_ALIASES = 20;
  private static final String WHOLE = "the recipe";
  private static final String ALLOWED = "one YAML mapping of keys to values";
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
  private static final Set<Tag> TAGS = Set.of(
      Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.SEQ, Tag.MAP);

  private final Problems problems;
  private final Map<Node, Value> done = new IdentityHashMap<>();
  private final Map<Node, Node> open = new IdentityHashMap<>();

  private YamlText(Problems problems) {
    this.problems = problems;
  }

  /** The document, an empty mapping for an empty one, or nothing where it is no bounded YAML. */
  static Optional<Value> parse(String yaml, int mostBytes, Problems problems) {
    int bytes = yaml.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > mostBytes) {
      problems.add(WHOLE, bytes + " bytes long", "at most " + mostBytes + " bytes");
      return Optional.empty();
    }
    try {
      Node root = new Yaml(bounds(mostBytes)).compose(new StringReader(yaml));
      return Optional.of(isEmpty(root) ? new Value.Mapping(List.of()) : new YamlText(problems).value(root));
    } catch (MarkedYAMLException malformed) {
      problems.add(place(malformed), "no YAML (" + reason(malformed.getProblem()) + ")", ALLOWED);
    } catch (YAMLException malformed) {
      problems.add(WHOLE, "no YAML that is read here (" + reason(malformed.getMessage()) + ")", ALLOWED);
    }
    return Optional.empty();
  }

  private static boolean isEmpty(Node root) {
    return root == null || root instanceof ScalarNode scalar && scalar.getValue().isEmpty()
        && scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getTag().equals(Tag.NULL);
  }

  private static LoaderOptions bounds(int mostBytes) {
    LoaderOptions bounds = new LoaderOptions();
    bounds.setCodePointLimit(mostBytes);
    bounds.setNestingDepthLimit(DEEPEST);
    bounds.setMaxAliasesForCollections(MOST_ALIASES);
    return bounds;
  }

  private static String place(MarkedYAMLException malformed) {
    return malformed.getProblemMark() == null ? WHOLE
        : "line " + (malformed.getProblemMark().getLine() + 1)
            + ", column " + (malformed.getProblemMark().getColumn() + 1);
  }

  private static String reason(String message) {
    return message == null ? "it cannot be parsed" : message.lines().findFirst().orElse("it cannot be parsed");
  }

  /** Each node is read once however often it is aliased, so expansion costs nothing. */
  private Value value(Node node) {
    Value known = done.get(node);
    if (known != null) {
      return known;
    }
    if (open.put(node, node) != null) {
      problems.add(line(node), "an alias that contains itself", "aliases of what stands before them");
      return new Value.Scalar(Value.Kind.NOTHING, "");
    }
    if (!TAGS.contains(node.getTag())) {
      problems.add(line(node), "marked with the tag " + Wording.quoted(node.getTag().getValue()), "no tags");
    }
    Value value = switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> new Value.Sequence(sequence.getValue().stream().map(this::value).toList());
      case MappingNode mapping -> mapping(mapping);
      default -> throw new IllegalStateException("a YAML node of the unknown kind " + node.getNodeId());
    };
    done.put(node, value);
    return value;
  }

  private Value mapping(MappingNode mapping) {
    List<Value.Entry> entries = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        entries.add(new Value.Entry(key.getValue(), value(tuple.getValueNode())));
      } else {
        problems.add(line(tuple.getKeyNode()), "a key that is a list or a mapping", "a word");
      }
    }
    return new Value.Mapping(List.copyOf(entries));
  }

  private static Value scalar(ScalarNode node) {
    String text = node.getValue();
    return new Value.Scalar(node.getScalarStyle() == ScalarStyle.PLAIN ? kind(text) : Value.Kind.TEXT, text);
  }

  private static Value.Kind kind(String plain) {
    return switch (plain) {
      case "", "~", "null", "Null", "NULL" -> Value.Kind.NOTHING;
      case "true", "True", "TRUE", "false", "False", "FALSE" -> Value.Kind.FLAG;
      default -> NUMBER.matcher(plain).matches() ? Value.Kind.NUMBER : Value.Kind.TEXT;
    };
  }

  private static String line(Node node) {
    return "line " + (node.getStartMark().getLine() + 1);
  }
}
