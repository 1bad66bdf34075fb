package org.answerprint.diffusion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;

/**
 * Reads {@code scheduler_config.json} as Hugging Face writes it for its DDIM and PNDM schedulers, with their defaults
 * for fields that are missing. What would change the arithmetic and is not offered here (clipping, thresholding,
 * rescaled or listed betas, other spacings) is refused by name, all of it at once; other fields belong to other
 * schedulers and are of no account.
 */
public final class SchedulerConfigReader {

  private static final int LARGEST_FILE = 1 << 20;
  private static final int MOST_TIMESTEPS = 100_000;

  private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final JsonNode config;
  private final List<String> problems = new ArrayList<>();

  private SchedulerConfigReader(JsonNode config) {
    this.config = config;
  }

  /**
   * Reads a file.
   *
   * @throws RequestFault with every field that is wrong, or that asks for what is not offered
   * @throws TransientFault where the disk refuses
   */
  public static SchedulerConfig read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
        throw new RequestFault(file + " is no scheduler's config; give the folder of a whole checkpoint");
      }
      JsonNode config = JSON.readTree(Files.readAllBytes(file));
      if (!config.isObject()) {
        throw new RequestFault(file + " holds no JSON object; fetch it again");
      }
      return new SchedulerConfigReader(config).read(file.toString());
    } catch (JsonProcessingException e) {
      throw new RequestFault("%s is no proper JSON (line %d); fetch it again".formatted(
          file, e.getLocation() == null ? 1 : e.getLocation().getLineNr()), e);
    } catch (IOException e) {
      throw new TransientFault("%s could not be read (%s); see to the disk and try again".formatted(file, e), e);
    }
  }

  private SchedulerConfig read(String source) {
    int timesteps = whole("num_train_timesteps", 1000, 1, MOST_TIMESTEPS);
    double first = beta("beta_start", 0.0001);
    double last = beta("beta_end", 0.02);
    String betas = word("beta_schedule", "linear", List.of("linear", "scaled_linear"));
    int offset = whole("steps_offset", 0, 0, timesteps - 1);
    boolean toOne = flag("set_alpha_to_one", true);
    String prediction = word("prediction_type", "epsilon",
        List.of(PredictionType.EPSILON.word(), PredictionType.VELOCITY.word()));
    word("timestep_spacing", "leading", List.of("leading"));
    refuse("clip_sample", node -> node.isBoolean() && !node.booleanValue(), "false");
    refuse("thresholding", node -> node.isBoolean() && !node.booleanValue(), "false");
    refuse("rescale_betas_zero_snr", node -> node.isBoolean() && !node.booleanValue(), "false");
    refuse("trained_betas", JsonNode::isNull, "null");
    if (!problems.isEmpty()) {
      throw new RequestFault("%s is not a schedule that can be run: %s; give a checkpoint with another".formatted(
          source, String.join("; ", problems)));
    }
    NoiseSchedule schedule = betas.equals("linear")
        ? NoiseSchedule.linear(timesteps, first, last)
        : NoiseSchedule.scaledLinear(timesteps, first, last);
    PredictionType type = prediction.equals(PredictionType.EPSILON.word())
        ? PredictionType.EPSILON
        : PredictionType.VELOCITY;
    return new SchedulerConfig(schedule, type, offset, toOne);
  }

  private int whole(String field, int otherwise, int least, int most) {
    JsonNode node = config.path(field);
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
      problem(field, node, "a whole number from %d to %d".formatted(least, most));
      return otherwise;
    }
    return node.intValue();
  }

  private double beta(String field, double otherwise) {
    JsonNode node = config.path(field);
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (!node.isNumber() || !(node.doubleValue() > 0 && node.doubleValue() < 1)) {
      problem(field, node, "a number between 0 and 1");
      return otherwise;
    }
    return node.doubleValue();
  }

  private boolean flag(String field, boolean otherwise) {
    JsonNode node = config.path(field);
    if (!node.isMissingNode() && !node.isBoolean()) {
      problem(field, node, "true or false");
    }
    return node.asBoolean(otherwise);
  }

  private String word(String field, String otherwise, List<String> allowed) {
    JsonNode node = config.path(field);
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (!node.isTextual() || !allowed.contains(node.textValue())) {
      problem(field, node, String.join(" or ", allowed));
      return otherwise;
    }
    return node.textValue();
  }

  private void refuse(String field, Predicate<JsonNode> fine, String only) {
    JsonNode node = config.path(field);
    if (!node.isMissingNode() && !fine.test(node)) {
      problem(field, node, only);
    }
  }

  private void problem(String field, JsonNode found, String allowed) {
    String text = found.toString().replaceAll("[^\\x20-\\x7e]", "?");
    problems.add("%s is %s, where %s can be run".formatted(
        field, text.length() > 60 ? text.substring(0, 60) + "..." : text, allowed));
  }
}
