package org.answerprint.bundles;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;

/** Small files of strangers: JSON and text, none larger than it may be. */
final class Documents {

  static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(50).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(SerializationFeature.INDENT_OUTPUT)
      .build();

  private static final int LARGEST = 16 << 20;

  private Documents() {}

  /** @throws RequestFault where there is no such file, or no object of JSON in it */
  static JsonNode object(Path file) {
    try {
      JsonNode node = JSON.readTree(bytes(file));
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new RequestFault(file + " is no proper JSON; fetch it again", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    throw new RequestFault(file + " holds no JSON object; fetch it again");
  }

  /** @throws RequestFault where there is no such file, or it is too large */
  static byte[] bytes(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new RequestFault("there is no file " + file + "; fetch the whole folder");
      }
      if (Files.size(file) > LARGEST) {
        throw new RequestFault("%s is larger than %d bytes; fetch it again".formatted(file, LARGEST));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static TransientFault unreadable(Path file, IOException cause) {
    return new TransientFault("%s could not be read (%s); see to the disk and try again".formatted(file, cause), cause);
  }

  static TransientFault unwritable(Path file, IOException cause) {
    return new TransientFault(
        "%s could not be written (%s); make room on the disk and try again".formatted(file, cause), cause);
  }
}
