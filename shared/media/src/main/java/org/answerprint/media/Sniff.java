package org.answerprint.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.answerprint.faults.Fault;

/** Says in a few words what a refused file looks like. */
final class Sniff {

  /** Play lists, manifests, scripts and redirections, also behind a byte order mark. */
  private static final Pattern NAMES_OTHERS = Pattern.compile("^(\u00ef\u00bb\u00bf)?\\s*(#EXTM3U|ffconcat|\\[playlist\\]"
      + "|\\[Reference\\]|RTSPtext|v=0\\r?\\no=|(file|https?)://)|<(MPD|smil|asx|playlist|CompositionPlaylist)\\b",
      Pattern.CASE_INSENSITIVE);

  private Sniff() {
  }

  static String describe(ByteSource source) {
    byte[] head = head(source);
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (NAMES_OTHERS.matcher(text).find()) {
      return "it is a playlist, which only names other files";
    }
    if (text.startsWith("\u0089PNG") || text.startsWith("\u00ff\u00d8\u00ff") || text.startsWith("RIFF")
        && text.startsWith("WEBP", 8)) {
      return "it is a still image";
    }
    if (text.startsWith("ID3") || text.startsWith("fLaC") || text.startsWith("OggS") || text.startsWith("RIFF")
        && text.startsWith("WAVE", 8)) {
      return "it holds sound only";
    }
    return printable(head) ? "it is text" : "its container is unknown or damaged";
  }

  private static byte[] head(ByteSource source) {
    byte[] head = new byte[512];
    try {
      int count = source.read(0, head, 0, head.length);
      return Arrays.copyOf(head, Math.max(0, count));
    } catch (Fault e) {
      return new byte[0];
    }
  }

  private static boolean printable(byte[] head) {
    for (byte b : head) {
      if (b >= 0 && b < 32 && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return head.length > 0;
  }
}
