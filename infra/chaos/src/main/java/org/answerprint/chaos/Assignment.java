package org.answerprint.chaos;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.answerprint.testkit.Films;
import org.answerprint.toybox.SampleFilm;

/**
 * What one job is asked to do: small enough to be done within seconds, and of every kind that the chain can do.
 *
 * @param name a folder's name
 * @param uploads bytes by name, to land in this order
 * @param asks name of the upload that the job is of
 */
record Assignment(String name, Map<String, byte[]> uploads, String asks) {

  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;
  private static final int RATE = 12;
  private static final int SHOTS = 3;

  /** So many, all of different films. */
  static List<Assignment> some(int count, long seed) {
    Random random = new Random(seed);
    List<Assignment> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "job-" + (i + 1);
      all.add(switch (i % 4) {
        case 0 -> edit(name, "method: look\noptions: {lut: looks/warm.cube}\ntransition: {type: dissolve, frames: 4}\n", random);
        case 1 -> story(name, random);
        case 2 -> edit(name, "method: none\ntransition: {type: morph, frames: 4}\nshots: [{match: 2, transition: {type: cut}}]\n", random);
        default -> edit(name, "method: none\nshots: [{match: 3, method: look, options: {lut: looks/teal-orange.cube}}]\n", random);
      });
    }
    return all;
  }

  private static Assignment edit(String name, String recipe, Random random) {
    Map<String, byte[]> uploads = new LinkedHashMap<>();
    uploads.put("film.mp4.recipe.yaml", recipe.getBytes(StandardCharsets.UTF_8));
    uploads.put("film.mp4", film(8, random));
    return new Assignment(name, uploads, "film.mp4");
  }

  /** The names in it have the placeholder FOLDER before them, since a story names whole keys. */
  private static Assignment story(String name, Random random) {
    Map<String, byte[]> uploads = new LinkedHashMap<>();
    uploads.put("all.recipe.yaml", ("story:\n- {key: FOLDER/a.mp4, length: 1s, transition: {type: dissolve, frames: 4}}\n"
        + "- {key: FOLDER/b.png, length: 700ms}\n").getBytes(StandardCharsets.UTF_8));
    uploads.put("b.png", png(random));
    uploads.put("a.mp4", film(6, random));
    return new Assignment(name, uploads, "all.recipe.yaml");
  }

  /** The same in a folder: key to bytes. */
  Map<String, byte[]> in(String folder) {
    Map<String, byte[]> placed = new LinkedHashMap<>();
    uploads.forEach((file, bytes) -> placed.put(folder + "/" + name + "/" + file, file.endsWith(".yaml")
        ? new String(bytes, StandardCharsets.UTF_8).replace("FOLDER", folder + "/" + name).getBytes(StandardCharsets.UTF_8) : bytes));
    return placed;
  }

  /** The key of the upload that the job is of. */
  String askedIn(String folder) {
    return folder + "/" + name + "/" + asks;
  }

  private static byte[] film(int framesPerShot, Random random) {
    return Films.encode(SampleFilm.of(WIDTH, HEIGHT, RATE, framesPerShot, random.nextInt(1_000_000)).first(SHOTS));
  }

  private static byte[] png(Random random) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    int tint = random.nextInt(256);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, (2 * x) << 16 | (3 * y) << 8 | tint);
      }
    }
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
