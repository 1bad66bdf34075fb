package org.answerprint.evaluation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.answerprint.pictures.Picture;
import org.answerprint.pictures.PictureSheet;

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
      PictureSheet.strip(png, frames);
      Path json = file(variant, score.edit(), "json");
      Path jsonPart = json.resolveSibling(json.getFileName() + ".part");
      JSON.writeValue(jsonPart.toFile(), score);
      Files.move(jsonPart, json, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
}
