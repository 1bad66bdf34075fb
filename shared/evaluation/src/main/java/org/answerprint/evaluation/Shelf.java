package org.answerprint.evaluation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.answerprint.pictures.Picture;

/**
 * Keeps each edit: its frames side by side as a PNG file, and its score as JSON beside it. The score is written last, and both whole
 * or not at all, so that what is found was finished.
 *
 * @param folder of one model, one set of judges and one protocol; made when it is first written to
 */
record Shelf(Path folder) {

  private static final ObjectMapper JSON = JsonMapper.builder().addModule(new Jdk8Module())
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Whether an edit is kept. */
  boolean has(Variant variant, String edit) {
    return find(variant, edit).isPresent();
  }

  /** The score of an earlier run; one that cannot be read counts for none. */
  Optional<Score> find(Variant variant, String edit) {
    Path file = file(variant, edit, "json");
    if (!Files.exists(file) || !Files.exists(pictures(variant, edit))) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), Score.class));
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  void keep(Variant variant, Score score, List<Picture> frames) {
    try {
      Path png = pictures(variant, score.edit());
      Files.createDirectories(png.getParent());
      Path part = png.resolveSibling(png.getFileName() + ".part");
      ImageIO.write(strip(frames), "png", part.toFile());
      move(part, png);
      Path json = file(variant, score.edit(), "json");
      Path jsonPart = json.resolveSibling(json.getFileName() + ".part");
      JSON.writeValue(jsonPart.toFile(), score);
      move(jsonPart, json);
    } catch (IOException e) {
      throw new UncheckedIOException("an edit cannot be kept in " + folder, e);
    }
  }

  /** The frames of an edit side by side. */
  Path pictures(Variant variant, String edit) {
    return file(variant, edit, "png");
  }

  private Path file(Variant variant, String edit, String extension) {
    return folder.resolve(variant.key()).resolve(edit + "." + extension);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static BufferedImage strip(List<Picture> frames) {
    int width = frames.getFirst().width();
    int height = frames.getFirst().height();
    BufferedImage strip = new BufferedImage(width * frames.size(), height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < frames.size(); i++) {
      byte[] rgb = frames.get(i).toBytes();
      for (int p = 0; p < width * height; p++) {
        int value = (rgb[3 * p] & 0xff) << 16 | (rgb[3 * p + 1] & 0xff) << 8 | rgb[3 * p + 2] & 0xff;
        strip.setRGB(i * width + p % width, p / width, value);
      }
    }
    return strip;
  }
}
