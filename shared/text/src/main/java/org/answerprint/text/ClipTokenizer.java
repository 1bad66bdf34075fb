package org.answerprint.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;

/**
 * A checkpoint's CLIP tokenizer: lower case, space tidied, byte-pair encoding, begin and end token, cut to length with
 * the end token kept, padded with the token that the checkpoint pads with. Safe to share between threads until it is
 * closed.
 */
public final class ClipTokenizer implements AutoCloseable {

  private static final Map<String, String> AS_IT_IS = Map.of("truncation", "false", "padding", "false");

  static {
    // The binding reports its use to a cloud's address, and fetches another library where it finds a GPU, unless told.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("RUST_FLAVOR", "cpu");
    System.setProperty("ai.djl.offline", "true");
  }

  private final HuggingFaceTokenizer tokenizer;
  private final int length;
  private final long endId;
  private final long paddingId;

  private ClipTokenizer(HuggingFaceTokenizer tokenizer, int length, long endId, long paddingId) {
    this.tokenizer = tokenizer;
    this.length = length;
    this.endId = endId;
    this.paddingId = paddingId;
  }

  /**
   * Opens the {@code tokenizer} folder of a checkpoint: {@code tokenizer.json}, else {@code vocab.json} and
   * {@code merges.txt}, with {@code tokenizer_config.json} and {@code special_tokens_map.json} where they are.
   *
   * @throws RequestFault with what is missing or wrong in these files
   * @throws TransientFault where the disk refuses
   */
  public static ClipTokenizer open(Path folder) {
    TokenizerFolder files = new TokenizerFolder(folder);
    SpecialTokens special = SpecialTokens.read(files);
    ObjectNode json = ClipTokenizerJson.of(files, special);
    return new ClipTokenizer(load(json, folder), special.length(),
        ClipTokenizerJson.id(json, special.end().content()).orElseThrow(),
        ClipTokenizerJson.id(json, special.padding().content()).orElseThrow());
  }

  /**
   * Writes a {@code tokenizer.json} into a folder that has none, for programs that want one. This class does not.
   *
   * @return whether one was written
   * @throws RequestFault with what is missing or wrong in the folder's files
   * @throws TransientFault where the disk refuses
   */
  public static boolean writeJson(Path folder) {
    Path file = folder.resolve(ClipTokenizerJson.FILE);
    if (Files.exists(file)) {
      return false;
    }
    TokenizerFolder files = new TokenizerFolder(folder);
    ObjectNode json = ClipTokenizerJson.of(files, SpecialTokens.read(files));
    try {
      Path part = folder.resolve(ClipTokenizerJson.FILE + ".part");
      TokenizerFolder.JSON.writeValue(part.toFile(), json);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new TransientFault(
          "%s could not be written (%s); make room on the disk and try again".formatted(file, e), e);
    }
    return true;
  }

  /** How many ids every prompt becomes: 77. */
  public int length() {
    return length;
  }

  /** The id that short prompts are filled up with. */
  public long paddingId() {
    return paddingId;
  }

  /** The ids of a prompt, {@link #length} of them. */
  public long[] encode(String prompt) {
    // Half a character would not survive the way into the library; it becomes a question mark.
    String whole = new String(prompt.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    long[] ids = tokenizer.encode(whole, true, false).getIds();
    long[] fixed = Arrays.copyOf(ids, length);
    if (ids.length > length) {
      fixed[length - 1] = endId;
    } else {
      Arrays.fill(fixed, ids.length, length, paddingId);
    }
    return fixed;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private static HuggingFaceTokenizer load(ObjectNode json, Path folder) {
    try {
      byte[] bytes = TokenizerFolder.JSON.writeValueAsBytes(json);
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), AS_IT_IS);
    } catch (IOException e) {
      throw new InternalFault("the tokenizer of " + folder + " could not be handed over", e);
    } catch (RuntimeException e) {
      throw new RequestFault("the tokenizer in %s cannot be used (%s); fetch it again".formatted(
          folder, String.valueOf(e.getMessage()).replaceAll("[^\\x20-\\x7e]", "?")), e);
    }
  }
}
