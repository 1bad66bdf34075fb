package org.answerprint.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.imageio.ImageIO;
import org.answerprint.faults.TransientFault;

/** Rows of pictures of one size on a sheet, for people to look at. */
public final class PictureSheet {

  private static final int GAP = 2;

  private PictureSheet() {}

  /**
   * Writes a PNG file, whole or not at all; pictures side by side, rows below each other, a little apart.
   *
   * @throws TransientFault where the disk refuses
   */
  public static void write(Path file, List<List<Picture>> rows) {
    write(file, rows, GAP);
  }

  /**
   * The same of one row of pictures that touch each other.
   *
   * @throws TransientFault where the disk refuses
   */
  public static void strip(Path file, List<Picture> pictures) {
    write(file, List.of(pictures), 0);
  }

  private static void write(Path file, List<List<Picture>> rows, int gap) {
    Picture first = rows.getFirst().getFirst();
    int across = rows.stream().mapToInt(List::size).max().orElseThrow();
    BufferedImage sheet = new BufferedImage(
        across * (first.width() + gap) - gap, rows.size() * (first.height() + gap) - gap, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        draw(rows.get(row).get(column), sheet, column * (first.width() + gap), row * (first.height() + gap));
      }
    }
    try {
      Path part = file.resolveSibling(file.getFileName() + ".part");
      ImageIO.write(sheet, "png", part.toFile());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TransientFault("%s could not be written (%s); make room on the disk and try again".formatted(file, e), e);
    }
  }

  private static void draw(Picture picture, BufferedImage sheet, int left, int top) {
    byte[] rgb = picture.toBytes();
    for (int i = 0; i < picture.width() * picture.height(); i++) {
      int colour = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
      sheet.setRGB(left + i % picture.width(), top + i / picture.width(), colour);
    }
  }
}
