package org.answerprint.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Text in one weight and size, drawn with our own pen, so that no machine needs fonts. It has the printable characters
 * of ASCII and a few more; accents are left off, and what is still unknown then shows as a box. Thread-safe.
 */
final class Lettering {

  private static final int GAP = 4;
  private static final int SPACE = 6;
  private static final int ABSENT = '□';
  private static final String ELLIPSIS = "...";
  private static final Map<Integer, Glyph> GLYPHS = load();
  private static final Map<Integer, String> SPELLED = Map.ofEntries(
      Map.entry((int) '“', "\""), Map.entry((int) '”', "\""), Map.entry((int) '„', "\""), Map.entry((int) '«', "\""),
      Map.entry((int) '»', "\""), Map.entry((int) '‘', "'"), Map.entry((int) '’', "'"), Map.entry((int) '–', "-"),
      Map.entry((int) '—', "-"), Map.entry((int) '…', ELLIPSIS), Map.entry((int) '×', "x"), Map.entry((int) 'ß', "ss"),
      Map.entry((int) 'æ', "ae"), Map.entry((int) 'Æ', "AE"), Map.entry((int) 'œ', "oe"), Map.entry((int) 'Œ', "OE"),
      Map.entry((int) 'ø', "o"), Map.entry((int) 'Ø', "O"), Map.entry((int) 'đ', "d"), Map.entry((int) 'ł', "l"),
      Map.entry((int) 'Ł', "L"), Map.entry((int) 'ı', "i"));

  private final int capHeight;
  private final double scale;
  private final double pen;
  private final Map<Integer, Mask> masks = new ConcurrentHashMap<>();

  /**
   * Letters of a size.
   *
   * @param capHeight of capitals, in pixels
   * @param pen width of strokes, in pixels
   */
  Lettering(int capHeight, double pen) {
    this.capHeight = capHeight;
    this.scale = capHeight / (double) Glyph.BASE;
    this.pen = pen;
  }

  int capHeight() {
    return capHeight;
  }

  /**
   * A character in pixels.
   *
   * @param left columns that it reaches to the left of its place
   * @param top rows that it reaches above the capitals' top
   * @param cover how much of each pixel is ink, 0 to 255, rows from the top
   */
  private record Mask(int left, int top, int width, int height, byte[] cover) {}

  /** How wide a text is, in pixels. */
  int width(String text) {
    int[] shown = shown(text);
    return shown.length == 0 ? 0 : Arrays.stream(shown).map(this::advance).sum() - (int) Math.round(GAP * scale);
  }

  /** Draws a text with the top of its capitals at {@code y}. */
  void draw(Canvas canvas, String text, int x, int y, int colour) {
    int at = x;
    for (int character : shown(text)) {
      if (character != ' ') {
        Mask mask = masks.computeIfAbsent(character, this::mask);
        canvas.ink(at - mask.left(), y - mask.top(), mask.width(), mask.height(), mask.cover(), colour);
      }
      at += advance(character);
    }
  }

  /** The text, or as much of its beginning as fits into a width, with three dots behind it. */
  String fitted(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    int[] characters = text.codePoints().toArray();
    int kept = characters.length;
    while (kept > 0 && width(new String(characters, 0, kept).stripTrailing() + ELLIPSIS) > width) {
      kept--;
    }
    return new String(characters, 0, kept).stripTrailing() + ELLIPSIS;
  }

  /** The text in lines of at most a width, broken between words; what does not fit into {@code most} lines is cut off. */
  List<String> wrapped(String text, int width, int most) {
    var lines = new ArrayList<String>();
    String rest = text.strip();
    while (lines.size() < most - 1 && width(rest) > width) {
      int end = wordsWithin(rest, width);
      lines.add(fitted(rest.substring(0, end), width));
      rest = rest.substring(end).strip();
    }
    if (!rest.isEmpty()) {
      lines.add(fitted(rest, width));
    }
    return lines;
  }

  /** Where the last word ends that fits; behind the first word where not even that does. */
  private int wordsWithin(String text, int width) {
    int end = wordEnd(text, 0);
    for (int next = end; next < text.length() && width(text.substring(0, next)) <= width; next = wordEnd(text, next + 1)) {
      end = next;
    }
    return end;
  }

  private static int wordEnd(String text, int from) {
    int space = text.indexOf(' ', from);
    return space < 0 ? text.length() : space;
  }

  private int advance(int character) {
    return (int) Math.round((character == ' ' ? SPACE : GLYPHS.get(character).width() + GAP) * scale);
  }

  private Mask mask(int character) {
    Glyph glyph = GLYPHS.get(character);
    int border = (int) Math.ceil(pen / 2 + 0.5);
    int width = (int) Math.ceil(glyph.width() * scale) + 2 * border;
    int height = (int) Math.ceil(Glyph.DESCENT * scale) + 2 * border;
    var cover = new byte[width * height];
    for (int i = 0; i < cover.length; i++) {
      double distance = scale * glyph.distance((i % width - border) / scale, (i / width - border) / scale);
      cover[i] = (byte) Math.round(255 * Math.clamp(pen / 2 + 0.5 - distance, 0, 1));
    }
    return new Mask(border, border, width, height, cover);
  }

  /** The characters that are drawn for a text, all of them known. */
  private static int[] shown(String text) {
    var plain = new StringBuilder();
    text.codePoints().forEach(c -> plain.append(SPELLED.getOrDefault(c, Character.toString(c))));
    return Normalizer.normalize(plain, Normalizer.Form.NFKD).codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK && Character.getType(c) != Character.FORMAT)
        .map(c -> Character.isWhitespace(c) ? ' ' : GLYPHS.containsKey(c) ? c : ABSENT)
        .toArray();
  }

  private static Map<Integer, Glyph> load() {
    var glyphs = new HashMap<Integer, Glyph>();
    try (var lines = new BufferedReader(new InputStreamReader(
        Lettering.class.getResourceAsStream("lettering.txt"), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        glyphs.put(line.codePointAt(0), Glyph.of(line.substring(line.indexOf(' ') + 1).split(" ")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the lettering cannot be read", e);
    }
    return Map.copyOf(glyphs);
  }
}
