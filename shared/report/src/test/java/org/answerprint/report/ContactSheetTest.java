package org.answerprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.answerprint.events.TaskKey;
import org.junit.jupiter.api.Test;

class ContactSheetTest {

  private static final int RED = 0xD02010;
  private static final int BLUE = 0x1030D0;

  /** Where a PNG file says how high it is. */
  private static final int HEIGHT = 20;

  @Test
  void showsTheSourceOnTheLeftAndTheEditOnTheRight() {
    BufferedImage sheet = sheet(shots(1, 640, 360));
    int middle = 96 + SheetLayout.HEAD + 90;
    int left = SheetLayout.MARGIN + SheetLayout.PADDING + 160;
    assertThat(near(sheet.getRGB(left, middle), RED)).isTrue();
    assertThat(near(sheet.getRGB(left + 320 + SheetLayout.BETWEEN, middle), BLUE)).isTrue();
  }

  @Test
  void putsMoreTallPairsThanWideOnesSideBySide() {
    BufferedImage wide = sheet(shots(6, 640, 360));
    BufferedImage tall = sheet(shots(6, 360, 640));
    assertThat(count(wide, row(wide, 96 + SheetLayout.HEAD + 20), RED)).isEqualTo(2 * 320);
    assertThat(count(tall, row(tall, 96 + SheetLayout.HEAD + 20), RED)).isEqualTo(3 * 180);
  }

  @Test
  void keepsThePicturesShape() {
    BufferedImage sheet = sheet(List.of(shot(1, 640, 360), shot(2, 360, 640)));
    assertThat(count(sheet, row(sheet, 96 + SheetLayout.HEAD + 90), RED)).isBetween(320L + 100, 320L + 102);
  }

  @Test
  void staysBoundedAndSaysHowManyShotsAreLeftOut() {
    var asked = new ArrayList<Integer>();
    List<SheetShot> shots = IntStream.rangeClosed(1, 230).mapToObj(n -> new SheetShot(n, "0:00.000", List.of("none"), false,
        () -> {
          asked.add(n);
          return Optional.empty();
        }, Optional::empty)).toList();
    BufferedImage sheet = sheet(shots);
    assertThat(asked).contains(200).doesNotContain(201);
    assertThat(sheet.getHeight()).isLessThan(20_000);
    assertThat(ink(sheet, sheet.getHeight() - 40, sheet.getHeight())).isPositive();
    byte[] complete = new ContactSheet("film.mp4", "job", shots.subList(0, 200)).png();
    assertThat(sheet.getHeight() - ByteBuffer.wrap(complete).getInt(HEIGHT)).isEqualTo(40);
  }

  @Test
  void leavesThePlaceOfAMissingOrDamagedPictureEmpty() {
    byte[] damaged = "no jpeg".getBytes(StandardCharsets.US_ASCII);
    byte[] cut = Arrays.copyOf(jpeg(64, 36, RED), 300);
    var shots = List.of(new SheetShot(1, "0:00.000", List.of(), false, () -> Optional.of(damaged), Optional::empty),
        new SheetShot(2, "0:01.000", List.of(), false, () -> Optional.of(cut), () -> Optional.of(jpeg(64, 36, BLUE))));
    BufferedImage sheet = sheet(shots);
    assertThat(count(sheet, row(sheet, 96 + SheetLayout.HEAD + 20), BLUE)).isEqualTo(320);
  }

  @Test
  void isATitleWhereThereAreNoShots() {
    assertThat(sheet(List.of()).getHeight()).isEqualTo(96);
  }

  @Test
  void isTheSameFileForTheSameShots() {
    assertThat(new ContactSheet("a", "b", shots(3, 64, 36)).png()).isEqualTo(new ContactSheet("a", "b", shots(3, 64, 36)).png());
  }

  @Test
  void alertsToAShotThatFellBack() {
    var job = new SampleJob("{ method: look, options: { lut: looks/warm.cube } }", 48, 72);
    Report report = job.failing(job.shot(2).edits().getFirst().key(), "it broke").report();
    SheetShot shown = SheetWords.shot(report.shots().getLast(), n -> Optional.empty(), key -> Optional.empty());
    assertThat(shown.alert()).isTrue();
    assertThat(shown.start()).isEqualTo("0:02.000");
    assertThat(shown.captions()).containsExactly("look failed, shown as it was: it broke");
    SheetShot fine = SheetWords.shot(report.shots().getFirst(), n -> Optional.empty(), key -> Optional.empty());
    assertThat(fine.alert()).isFalse();
    assertThat(fine.captions()).containsExactly("look  ·  lut looks/warm.cube");
  }

  @Test
  void saysWhatAModelSawWhereTheRecipeLeftThatToIt() {
    var job = new SampleJob("{ method: pix2video, model: tiny, prompt: a blue ball on snow }", 10);
    Report report = job.captioned(job.shot(1).edits().getFirst().key(), "a red ball on grass").report();
    SheetShot shown = SheetWords.shot(report.shots().getFirst(), n -> Optional.empty(), key -> Optional.empty());
    assertThat(shown.captions()).containsExactly("pix2video  ·  tiny", "a blue ball on snow", "seen as: a red ball on grass");
    assertThat(report.json()).containsOnlyOnce("\"caption\"");
  }

  @Test
  void asksThePieceWithTheMiddleFrameFirst() {
    Report report = new SampleJob("method: none", 600).report();
    var asked = new ArrayList<TaskKey>();
    ContactSheet.of(report, n -> Optional.of(jpeg(64, 36, RED)), key -> {
      asked.add(key);
      return Optional.of(jpeg(64, 36, BLUE));
    }).png();
    assertThat(asked).containsExactly(report.shots().getFirst().takes().get(1).key());
  }

  @Test
  void writesHoursOnlyWhereThereAreAny() {
    assertThat(SheetWords.time(7.25)).isEqualTo("0:07.250");
    assertThat(SheetWords.time(59.9996)).isEqualTo("1:00.000");
    assertThat(SheetWords.time(3725.5)).isEqualTo("1:02:05.500");
  }

  private static List<SheetShot> shots(int count, int width, int height) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> shot(n, width, height)).toList();
  }

  private static SheetShot shot(int number, int width, int height) {
    Supplier<Optional<byte[]>> before = () -> Optional.of(jpeg(width, height, RED));
    return new SheetShot(number, "0:00.000", List.of("none"), false, before, () -> Optional.of(jpeg(width, height, BLUE)));
  }

  private static BufferedImage sheet(List<SheetShot> shots) {
    try {
      return ImageIO.read(new ByteArrayInputStream(new ContactSheet("film.mp4", "job", shots).png()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] jpeg(int width, int height, int colour) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, colour);
    image.setRGB(0, 0, width, height, pixels, 0, width);
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static int[] row(BufferedImage image, int y) {
    return image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
  }

  private static long count(BufferedImage image, int[] pixels, int colour) {
    assertThat(pixels).hasSize(image.getWidth());
    return IntStream.of(pixels).filter(pixel -> near(pixel, colour)).count();
  }

  private static long ink(BufferedImage image, int from, int to) {
    return IntStream.range(from, to).flatMap(y -> IntStream.of(row(image, y))).filter(pixel -> (pixel & 255) > 128).count();
  }

  private static boolean near(int pixel, int colour) {
    return IntStream.of(16, 8, 0).allMatch(shift -> Math.abs((pixel >> shift & 255) - (colour >> shift & 255)) < 12);
  }
}
