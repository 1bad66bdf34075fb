package org.answerprint.toybox;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A short film of five scenes with sound, the first thing a newcomer sees: hard cuts between the shots, but a dissolve
 * between the third and the fourth. Nothing is stored: every frame and sample is worked out when it is asked for, and
 * is always the same. Safe to share between threads.
 */
public final class SampleFilm {
  /** Samples a second and channel of the sound. */
  public static final int SAMPLE_RATE = FilmSound.SAMPLE_RATE;

  /** Channels of the sound: left, right. */
  public static final int CHANNELS = FilmSound.CHANNELS;

  private static final int DISSOLVED_JOIN = 2;
  private static final int LONGEST_DISSOLVE = 14;
  private static final long SEED = 2018;

  private static final List<Attributes> STORY = List.of(
      new Attributes(Pattern.STRIPED, ToyColour.RED, Material.RUBBER, Shape.BALL,
          Motion.ROLLING_RIGHT, Place.GRASS, CameraMove.STILL),
      new Attributes(Pattern.CHECKED, ToyColour.BLUE, Material.RUBBER, Shape.CUBE,
          Motion.STANDING_STILL, Place.SAND, CameraMove.PAN_LEFT),
      new Attributes(Pattern.PLAIN, ToyColour.ORANGE, Material.METAL, Shape.CONE,
          Motion.COMING_CLOSER, Place.SNOW, CameraMove.STILL),
      new Attributes(Pattern.PLAIN, ToyColour.GREEN, Material.METAL, Shape.BALL,
          Motion.ROLLING_LEFT, Place.WATER, CameraMove.ZOOM_IN),
      new Attributes(Pattern.STRIPED, ToyColour.YELLOW, Material.RUBBER, Shape.CYLINDER,
          Motion.JUMPING, Place.NIGHT, CameraMove.STILL));

  private final int width;
  private final int height;
  private final int framesPerSecond;
  private final List<FilmShot> shots;
  private final List<Join> joins;
  private final FilmSound sound;

  private SampleFilm(int width, int height, int framesPerSecond, List<FilmShot> shots, List<Join> joins) {
    this.width = width;
    this.height = height;
    this.framesPerSecond = framesPerSecond;
    this.shots = shots;
    this.joins = joins;
    this.sound = new FilmSound(this);
  }

  /** The film of the demo: 640x360, 24 frames a second, shots of two seconds, 9.4 seconds in all. */
  public static SampleFilm standard() {
    return of(640, 360, 24, 48, SEED);
  }

  /**
   * A film of the same five captions.
   *
   * @param width in pixels, 1 to {@value Renderer#LARGEST}
   * @param height in pixels, 1 to {@value Renderer#LARGEST}
   * @param framesPerSecond 1 to 240
   * @param framesPerShot 4 to 100000; the dissolve takes half of that, but an even number and at most 14
   * @param seed decides how each scene is arranged
   * @throws IllegalArgumentException if a number lies outside its range
   */
  public static SampleFilm of(int width, int height, int framesPerSecond, int framesPerShot, long seed) {
    Checks.range("a film's width", width, 1, Renderer.LARGEST);
    Checks.range("a film's height", height, 1, Renderer.LARGEST);
    Checks.range("a film's frames a second", framesPerSecond, 1, 240);
    Checks.range("a shot's frames", framesPerShot, 4, 100_000);
    int dissolve = Math.min(LONGEST_DISSOLVE, framesPerShot / 4 * 2);
    var draws = new Draws(seed);
    var shots = new ArrayList<FilmShot>();
    var joins = new ArrayList<Join>();
    int start = 0;
    for (int shot = 0; shot < STORY.size(); shot++) {
      shots.add(new FilmShot(Scenes.of(STORY.get(shot), draws.next()), start, start + framesPerShot));
      int overlap = shot == DISSOLVED_JOIN ? dissolve : 0;
      start += framesPerShot - overlap;
      if (shot < STORY.size() - 1) {
        joins.add(overlap > 0 ? new Join.Dissolve(start, start + overlap) : new Join.HardCut(start));
      }
    }
    return new SampleFilm(width, height, framesPerSecond, List.copyOf(shots), List.copyOf(joins));
  }

  /**
   * This film, ended with an earlier shot.
   *
   * @param count of shots, at least 1
   * @throws IllegalArgumentException if it has fewer
   */
  public SampleFilm first(int count) {
    Checks.range("a film's shots", count, 1, shots.size());
    return new SampleFilm(width, height, framesPerSecond, shots.subList(0, count), joins.subList(0, count - 1));
  }

  /** The width of every frame, in pixels. */
  public int width() {
    return width;
  }

  /** The height of every frame, in pixels. */
  public int height() {
    return height;
  }

  /** Frames a second, exactly. */
  public int framesPerSecond() {
    return framesPerSecond;
  }

  /** The number of frames. */
  public int frameCount() {
    return shots.getLast().end();
  }

  /** The shots in order. */
  public List<FilmShot> shots() {
    return shots;
  }

  /** What happens between the shots, in order: one fewer than shots. */
  public List<Join> cuts() {
    return joins;
  }

  /** The shots' captions in order. */
  public List<String> captions() {
    return shots.stream().map(FilmShot::caption).toList();
  }

  /**
   * A frame's picture, [height, width, 3], as {@link Rendering#rgb()}.
   *
   * @throws IllegalArgumentException if there is no such frame
   */
  public byte[] render(int frame) {
    Checks.range("a frame of this film", frame, 0, frameCount() - 1);
    var seen = IntStream.range(0, shots.size()).filter(shot -> shots.get(shot).shows(frame)).toArray();
    var picture = picture(shots.get(seen[0]), frame);
    if (seen.length == 2) {
      var dissolve = joins.get(seen[0]);
      var next = picture(shots.get(seen[1]), frame);
      mix(picture, next, frame - dissolve.start() + 1, dissolve.end() - dissolve.start() + 1);
    }
    return picture;
  }

  /** The number of samples of each channel: as long as the frames, rounded up. */
  public long sampleCount() {
    return firstSample(frameCount());
  }

  /** The first sample that sounds when this frame is on the screen, or later. */
  public long firstSample(int frame) {
    return Math.ceilDiv((long) frame * SAMPLE_RATE, framesPerSecond);
  }

  /**
   * Part of the sound: a soft chord for every shot, and a sharp click at the sample where each new shot begins.
   *
   * @param from the first sample of each channel
   * @param count how many samples of each channel
   * @return signed samples of 16 bits, left and right in turn, {@code 2 * count} of them
   * @throws IllegalArgumentException if the film ends before that
   */
  public short[] sound(long from, int count) {
    Checks.range("a number of samples", count, 0, Integer.MAX_VALUE / CHANNELS);
    Checks.range("the first sample of %d".formatted(count), from, 0, sampleCount() - count);
    return sound.read(from, count);
  }

  private byte[] picture(FilmShot shot, int frame) {
    return Renderer.parallel().render(shot.scene(), shot.moment(frame), width, height).rgb();
  }

  private static void mix(byte[] picture, byte[] next, int share, int whole) {
    for (int i = 0; i < picture.length; i++) {
      int old = Byte.toUnsignedInt(picture[i]);
      int fresh = Byte.toUnsignedInt(next[i]);
      picture[i] = (byte) ((old * (whole - share) + fresh * share + whole / 2) / whole);
    }
  }
}
