package org.answerprint.toybox;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes a picture of many scenes, to be looked at: {@code GalleryPicture FILE.png [tile width] [tile height]}. */
final class GalleryPicture {
  private static final int COLUMNS = 6;
  private static final int ROWS = 4;

  private GalleryPicture() {}

  public static void main(String[] arguments) throws IOException {
    int width = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 160;
    int height = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 160;
    var sheet = new BufferedImage(COLUMNS * width, ROWS * height, BufferedImage.TYPE_INT_RGB);
    for (int tile = 0; tile < COLUMNS * ROWS; tile++) {
      var scene = Scenes.of(attributes(tile), tile);
      var frame = Renderer.parallel().render(scene, 0.5, width, height);
      paste(frame, sheet, tile % COLUMNS * width, tile / COLUMNS * height);
    }
    ImageIO.write(sheet, "png", Path.of(arguments[0]).toFile());
  }

  private static Attributes attributes(int tile) {
    return new Attributes(
        Pattern.values()[(tile / 2 + tile / COLUMNS) % 3], ToyColour.values()[(tile * 3 + tile / 8) % 8],
        Material.values()[(tile + tile / COLUMNS) % 2], Shape.values()[(tile + tile / COLUMNS) % 4],
        Motion.values()[tile * 5 % 6], Place.values()[tile % COLUMNS], CameraMove.STILL);
  }

  static void paste(Rendering frame, BufferedImage sheet, int left, int top) {
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        int at = 3 * (y * frame.width() + x);
        int colour = (frame.rgb()[at] & 255) << 16 | (frame.rgb()[at + 1] & 255) << 8 | frame.rgb()[at + 2] & 255;
        sheet.setRGB(left + x, top + y, colour);
      }
    }
  }
}
