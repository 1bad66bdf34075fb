package org.answerprint.corpus;

import static org.answerprint.corpus.Bytes.big;
import static org.answerprint.corpus.Bytes.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A box of an MP4 file that can be changed: a container has children, any other a payload. */
final class Box {

  private static final Set<String> CONTAINERS =
      Set.of("moov", "trak", "mdia", "minf", "stbl", "dinf", "edts", "udta", "mvex", "moof", "traf");

  final String type;
  byte[] payload;
  final List<Box> children;

  private Box(String type, byte[] payload, List<Box> children) {
    this.type = type;
    this.payload = payload;
    this.children = children;
  }

  static Box leaf(String type, byte[]... payload) {
    return new Box(type, Bytes.of(payload).done(), new ArrayList<>());
  }

  static Box of(String type, Box... children) {
    return new Box(type, new byte[0], new ArrayList<>(List.of(children)));
  }

  /** A whole file as a box without a header. */
  static Box parse(byte[] file) {
    return new Box("", new byte[0], parseAll(ByteBuffer.wrap(file)));
  }

  private static List<Box> parseAll(ByteBuffer in) {
    List<Box> boxes = new ArrayList<>();
    while (in.remaining() >= 8) {
      int size = in.getInt();
      byte[] type = new byte[4];
      in.get(type);
      byte[] payload = new byte[size - 8];
      in.get(payload);
      String name = new String(type, StandardCharsets.ISO_8859_1);
      boxes.add(CONTAINERS.contains(name) ? new Box(name, new byte[0], parseAll(ByteBuffer.wrap(payload)))
          : new Box(name, payload, new ArrayList<>()));
    }
    return boxes;
  }

  /** The first box down a path such as {@code moov/trak/mdia}. */
  Box at(String path) {
    Box box = this;
    for (String name : path.split("/")) {
      Box parent = box;
      box = box.children.stream().filter(child -> child.type.equals(name)).findFirst()
          .orElseThrow(() -> new IllegalStateException("no " + name + " in " + parent.type));
    }
    return box;
  }

  Box with(String path, UnaryOperator<byte[]> change) {
    Box box = at(path);
    box.payload = change.apply(box.payload);
    return this;
  }

  /** Replaces bytes of a payload. */
  Box patch(String path, int at, byte[] by) {
    return with(path, payload -> Bytes.patched(payload.length < at + by.length ? Arrays.copyOf(payload, at + by.length)
        : payload, at, by));
  }

  Box add(String path, Box child) {
    at(path).children.add(child);
    return this;
  }

  Box addFirst(String path, Box child) {
    at(path).children.addFirst(child);
    return this;
  }

  Box remove(String path, String type) {
    at(path).children.removeIf(child -> child.type.equals(type));
    return this;
  }

  byte[] bytes() {
    Bytes body = Bytes.of(payload);
    children.forEach(child -> body.add(child.bytes()));
    byte[] content = body.done();
    return type.isEmpty() ? content : Bytes.of(big(content.length + 8L, 4), text(type), content).done();
  }
}
