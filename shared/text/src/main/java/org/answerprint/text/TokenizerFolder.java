package org.answerprint.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;

/**
 * The files of a checkpoint's tokenizer, none larger than it may be.
 *
 * @param path of the folder
 */
record TokenizerFolder(Path path) {

  private static final int LARGEST_FILE = 64 << 20;

  static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(50).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  /** An object of JSON; empty where there is no such file. */
  Optional<ObjectNode> json(String name) {
    return bytes(name).map(bytes -> {
      try {
        if (JSON.readTree(bytes) instanceof ObjectNode object) {
          return object;
        }
      } catch (JsonProcessingException e) {
        throw new RequestFault("%s is no proper JSON; fetch it again".formatted(path.resolve(name)), e);
      } catch (IOException e) {
        throw new RequestFault("%s cannot be read (%s); fetch it again".formatted(path.resolve(name), e), e);
      }
      throw new RequestFault("%s holds no JSON object; fetch it again".formatted(path.resolve(name)));
    });
  }

  /** Lines of text; empty where there is no such file. */
  Optional<List<String>> lines(String name) {
    return bytes(name).map(bytes -> {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().lines().toList();
      } catch (CharacterCodingException e) {
        throw new RequestFault("%s is not UTF-8; fetch it again".formatted(path.resolve(name)), e);
      }
    });
  }

  private Optional<byte[]> bytes(String name) {
    Path file = path.resolve(name);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
        throw new RequestFault("%s is no file of up to %d bytes; fetch it again".formatted(file, LARGEST_FILE));
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new TransientFault("%s could not be read (%s); see to the disk and try again".formatted(file, e), e);
    }
  }
}
