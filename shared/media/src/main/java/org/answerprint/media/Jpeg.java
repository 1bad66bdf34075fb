package org.answerprint.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;

/** Writes pictures for people to look at. */
public final class Jpeg {

  private Jpeg() {
  }

  /** A JPEG file of an RGB24 frame at quality 0.9; the same frame gives the same bytes. */
  public static byte[] encode(RawFrame frame) {
    if (frame.format() != PixelFormat.RGB24) {
      throw new IllegalArgumentException("a JPEG is made from RGB24, not " + frame.format());
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(0.9f);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image(frame), null, null), parameters);
    } catch (IOException e) {
      throw new InternalFault("a JPEG of " + frame.width() + "x" + frame.height() + " could not be written", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage image(RawFrame frame) {
    int[] pixels = new int[frame.width() * frame.height()];
    byte[] data = frame.data();
    for (int i = 0, at = 0; i < pixels.length; i++, at += 3) {
      pixels[i] = (data[at] & 255) << 16 | (data[at + 1] & 255) << 8 | data[at + 2] & 255;
    }
    BufferedImage image = new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, frame.width(), frame.height(), pixels, 0, frame.width());
    return image;
  }
}
