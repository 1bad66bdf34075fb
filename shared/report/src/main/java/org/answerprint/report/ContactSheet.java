package org.answerprint.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.answerprint.events.TaskKey;

/**
 * Every shot before and after, as one PNG file. Needs neither fonts nor a display, and holds one row of shots in memory
 * however many there are. The same sheet gives the same bytes. Safe to share between threads if the pictures'
 * suppliers are.
 */
public final class ContactSheet {

  /** Shots beyond these are only counted. */
  public static final int MOST_SHOTS = 200;

  private static final double USUAL_ASPECT = 16 / 9.0;
  private static final int TITLE = 96;
  private static final int MORE = 40;
  private static final int LINES_PER_CAPTION = 2;

  private static final int GROUND = 0x15171B;
  private static final int CARD = 0x20242A;
  private static final int HOLLOW = 0x2A2F36;
  private static final int BRIGHT = 0xF0F2F4;
  private static final int PLAIN = 0xC3C9D0;
  private static final int FAINT = 0x8C949E;
  private static final int NUMBER = 0x35506B;
  private static final int ALERT = 0xF2B45C;
  private static final int ALERT_NUMBER = 0x7A5116;

  private static final Lettering LARGE = new Lettering(16, 2.0);
  private static final Lettering MEDIUM = new Lettering(11, 1.6);
  private static final Lettering SMALL = new Lettering(10, 1.3);

  private final String title;
  private final String subtitle;
  private final List<SheetShot> shots;
  private final int more;

  /**
   * A sheet of any shots.
   *
   * @param title for example the film's key
   * @param subtitle a fainter line under it
   * @param shots in order; the first {@value #MOST_SHOTS} are shown
   */
  public ContactSheet(String title, String subtitle, List<SheetShot> shots) {
    this.title = Objects.requireNonNull(title, "title");
    this.subtitle = Objects.requireNonNull(subtitle, "subtitle");
    this.shots = shots.stream().limit(MOST_SHOTS).toList();
    this.more = shots.size() - this.shots.size();
  }

  /**
   * The sheet of a film.
   *
   * @param before the JPEG file of a shot's picture in its source, by the shot's number
   * @param after the JPEG file of the same picture edited, by the take; of a shot in pieces, the piece with the shot's
   *     middle frame is asked first
   */
  public static ContactSheet of(
      Report report, IntFunction<Optional<byte[]>> before, Function<TaskKey, Optional<byte[]>> after) {
    return new ContactSheet(report.upload().key(), SheetWords.subtitle(report),
        report.shots().stream().map(shot -> SheetWords.shot(shot, before, after)).toList());
  }

  /** The PNG file. */
  public byte[] png() {
    var bytes = new ByteArrayOutputStream();
    try {
      write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  /** Writes the PNG file; the stream stays open. Pictures that are missing or damaged leave their places empty. */
  public void write(OutputStream out) throws IOException {
    SheetLayout layout = SheetLayout.of(shots.size(), aspect());
    List<Row> rows = rows(layout);
    int height = TITLE + rows.stream().mapToInt(Row::height).sum() + (more > 0 ? MORE : 0);
    try (var png = new PngWriter(out, layout.sheetWidth(), height)) {
      png.append(title(layout));
      for (Row row : rows) {
        png.append(row(row, layout));
      }
      if (more > 0) {
        png.append(more(layout));
      }
      png.finish();
    }
  }

  /** Cards side by side, and the lines beneath their pictures. */
  private record Row(List<SheetShot> shots, List<List<String>> lines, int cardHeight) {
    int height() {
      return cardHeight + SheetLayout.GAP;
    }
  }

  private double aspect() {
    return shots.stream().findFirst().flatMap(shot -> picture(shot.before().get()))
        .map(image -> image.getWidth() / (double) image.getHeight()).orElse(USUAL_ASPECT);
  }

  private List<Row> rows(SheetLayout layout) {
    var rows = new ArrayList<Row>();
    for (int from = 0; from < shots.size(); from += layout.columns()) {
      var some = shots.subList(from, Math.min(shots.size(), from + layout.columns()));
      var lines = some.stream().map(shot -> lines(shot, layout)).toList();
      rows.add(new Row(some, lines, layout.cardHeight(lines.stream().mapToInt(List::size).max().orElse(0))));
    }
    return rows;
  }

  private static List<String> lines(SheetShot shot, SheetLayout layout) {
    int width = layout.cardWidth() - 2 * SheetLayout.PADDING;
    return shot.captions().stream().flatMap(caption -> SMALL.wrapped(caption, width, LINES_PER_CAPTION).stream()).toList();
  }

  private Canvas title(SheetLayout layout) {
    var canvas = new Canvas(layout.sheetWidth(), TITLE, GROUND);
    int width = layout.sheetWidth() - 2 * SheetLayout.MARGIN;
    LARGE.draw(canvas, LARGE.fitted(title, width), SheetLayout.MARGIN, 30, BRIGHT);
    SMALL.draw(canvas, SMALL.fitted(subtitle, width), SheetLayout.MARGIN, 62, FAINT);
    return canvas;
  }

  private static Canvas row(Row row, SheetLayout layout) {
    var canvas = new Canvas(layout.sheetWidth(), row.height(), GROUND);
    for (int i = 0; i < row.shots().size(); i++) {
      int x = layout.cardX(i);
      canvas.box(x, 0, layout.cardWidth(), row.cardHeight(), 8, CARD);
      head(canvas, row.shots().get(i), x, layout);
      pictures(canvas, row.shots().get(i), x, layout);
      captions(canvas, row.shots().get(i), row.lines().get(i), x, layout);
    }
    return canvas;
  }

  /** The number, where the shot starts, and above the right picture's end what the two pictures are. */
  private static void head(Canvas canvas, SheetShot shot, int card, SheetLayout layout) {
    String number = Integer.toString(shot.number());
    int x = card + SheetLayout.PADDING;
    int chip = Math.max(26, MEDIUM.width(number) + 16);
    canvas.box(x, 10, chip, 24, 5, shot.alert() ? ALERT_NUMBER : NUMBER);
    MEDIUM.draw(canvas, number, x + (chip - MEDIUM.width(number)) / 2, 17, BRIGHT);
    MEDIUM.draw(canvas, shot.start(), x + chip + 12, 17, PLAIN);
    int afterX = x + layout.pictureWidth() + SheetLayout.BETWEEN;
    SMALL.draw(canvas, "before", afterX - SheetLayout.BETWEEN - SMALL.width("before") - 2, 18, FAINT);
    SMALL.draw(canvas, "after", afterX + layout.pictureWidth() - SMALL.width("after") - 2, 18, FAINT);
  }

  private static void pictures(Canvas canvas, SheetShot shot, int card, SheetLayout layout) {
    int x = card + SheetLayout.PADDING;
    show(canvas, picture(shot.before().get()), x, layout);
    show(canvas, picture(shot.after().get()), x + layout.pictureWidth() + SheetLayout.BETWEEN, layout);
  }

  private static void show(Canvas canvas, Optional<BufferedImage> image, int x, SheetLayout layout) {
    canvas.box(x, SheetLayout.HEAD, layout.pictureWidth(), layout.pictureHeight(), 0, HOLLOW);
    image.ifPresentOrElse(
        found -> canvas.picture(found, x, SheetLayout.HEAD, layout.pictureWidth(), layout.pictureHeight()),
        () -> SMALL.draw(canvas, "no picture", x + (layout.pictureWidth() - SMALL.width("no picture")) / 2,
            SheetLayout.HEAD + (layout.pictureHeight() - SMALL.capHeight()) / 2, FAINT));
  }

  private static void captions(Canvas canvas, SheetShot shot, List<String> lines, int card, SheetLayout layout) {
    int y = SheetLayout.HEAD + layout.pictureHeight() + 14;
    for (int i = 0; i < lines.size(); i++) {
      int colour = i > 0 ? FAINT : shot.alert() ? ALERT : PLAIN;
      SMALL.draw(canvas, lines.get(i), card + SheetLayout.PADDING, y + i * SheetLayout.CAPTION, colour);
    }
  }

  private Canvas more(SheetLayout layout) {
    var canvas = new Canvas(layout.sheetWidth(), MORE, GROUND);
    MEDIUM.draw(canvas, "+" + more + (more == 1 ? " more shot" : " more shots"), SheetLayout.MARGIN, 4, PLAIN);
    return canvas;
  }

  private static Optional<BufferedImage> picture(Optional<byte[]> jpeg) {
    return jpeg.flatMap(bytes -> {
      try {
        return Optional.ofNullable(ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))));
      } catch (IOException damaged) {
        return Optional.empty();
      }
    });
  }
}
