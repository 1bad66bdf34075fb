package org.answerprint.report;

/**
 * Where things go on a contact sheet, in pixels. Every shot has a card of the same width: a line with its number and
 * start, its two pictures side by side, captions beneath.
 *
 * @param pictureWidth of the box for a picture
 * @param pictureHeight of the box for a picture
 * @param columns cards side by side
 */
record SheetLayout(int pictureWidth, int pictureHeight, int columns) {

  static final int MARGIN = 32;
  static final int GAP = 20;
  static final int PADDING = 14;
  static final int BETWEEN = 8;
  static final int HEAD = 44;
  static final int CAPTION = 20;

  private static final int WIDEST = 1440;
  private static final int NARROWEST = 720;
  private static final int LONG_SIDE = 320;
  private static final int LONG_SIDE_OF_MANY = 200;
  private static final int LEAST_WIDTH = 150;
  private static final int MANY = 48;

  /**
   * The layout for some shots.
   *
   * @param shots how many are shown
   * @param aspect width of a picture over its height
   */
  static SheetLayout of(int shots, double aspect) {
    int side = shots > MANY ? LONG_SIDE_OF_MANY : LONG_SIDE;
    int width = Math.clamp(Math.round(side * aspect), LEAST_WIDTH, side);
    int height = Math.clamp(Math.round(width / aspect), side / 5, side);
    int card = card(width);
    int fitting = (WIDEST - 2 * MARGIN + GAP) / (card + GAP);
    return new SheetLayout(width, height, Math.clamp(shots, 1, Math.max(1, fitting)));
  }

  private static int card(int pictureWidth) {
    return 2 * pictureWidth + BETWEEN + 2 * PADDING;
  }

  int cardWidth() {
    return card(pictureWidth);
  }

  /** Height of a card with this many lines beneath its pictures. */
  int cardHeight(int captions) {
    return HEAD + pictureHeight + PADDING + (captions == 0 ? 0 : captions * CAPTION + 6);
  }

  int sheetWidth() {
    return Math.max(NARROWEST, 2 * MARGIN + columns * cardWidth() + (columns - 1) * GAP);
  }

  int cardX(int column) {
    return MARGIN + column * (cardWidth() + GAP);
  }
}
