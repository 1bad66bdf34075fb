package org.answerprint.toybox;

/** The sample film's sound. Safe to share between threads. */
final class FilmSound {
  static final int SAMPLE_RATE = 48_000;
  static final int CHANNELS = 2;

  private static final int CLICK_LENGTH = 480;
  private static final double CLICK_LOUDNESS = 0.7;
  private static final double CLICK_HERTZ = 2_500;
  private static final double CLICK_DECAY = 60;
  private static final double BED_LOUDNESS = 0.05;
  private static final int EASE = SAMPLE_RATE / 50;
  private static final double[] ROOTS_HERTZ = {220, 261.63, 196, 293.66, 174.61};
  private static final double[] CHORD = {1, 1.25, 1.5};
  private static final double[] LEFT = {1, 0.8, 0.4};
  private static final double[] RIGHT = {1, 0.4, 0.8};
  private static final double[] CLICK = click();

  private final SampleFilm film;

  FilmSound(SampleFilm film) {
    this.film = film;
  }

  short[] read(long from, int count) {
    var sum = new double[CHANNELS * count];
    for (int shot = 0; shot < film.shots().size(); shot++) {
      addBed(shot, from, sum);
    }
    for (var join : film.cuts()) {
      addClick(film.firstSample(join.click()), from, sum);
    }
    var samples = new short[sum.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.round(Math.clamp(sum[i], -1, 1) * Short.MAX_VALUE);
    }
    return samples;
  }

  /** A chord that fades in over the join before the shot and out over the one after it. */
  private void addBed(int shot, long from, double[] sum) {
    long start = film.firstSample(film.shots().get(shot).start());
    long end = film.firstSample(film.shots().get(shot).end());
    long easeIn = shot == 0 ? EASE : ease(film.cuts().get(shot - 1));
    long easeOut = shot == film.cuts().size() ? EASE : ease(film.cuts().get(shot));
    double turns = ROOTS_HERTZ[shot] / SAMPLE_RATE;
    long last = Math.min(end, from + sum.length / CHANNELS);
    for (long sample = Math.max(start, from); sample < last; sample++) {
      double loudness = BED_LOUDNESS
          * Math.min(1, (sample - start + 0.5) / easeIn) * Math.min(1, (end - sample - 0.5) / easeOut);
      int at = CHANNELS * (int) (sample - from);
      for (int tone = 0; tone < CHORD.length; tone++) {
        double value = loudness * StrictMath.sin(2 * StrictMath.PI * turns * CHORD[tone] * (sample - start));
        sum[at] += value * LEFT[tone];
        sum[at + 1] += value * RIGHT[tone];
      }
    }
  }

  private long ease(Join join) {
    return switch (join) {
      case Join.HardCut _ -> EASE;
      case Join.Dissolve dissolve -> film.firstSample(dissolve.end()) - film.firstSample(dissolve.start());
    };
  }

  private static void addClick(long start, long from, double[] sum) {
    long first = Math.max(start, from);
    long end = Math.min(start + CLICK_LENGTH, from + sum.length / CHANNELS);
    for (long sample = first; sample < end; sample++) {
      int at = CHANNELS * (int) (sample - from);
      sum[at] += CLICK[(int) (sample - start)];
      sum[at + 1] += CLICK[(int) (sample - start)];
    }
  }

  /** A short ring that is loudest at its very first sample. */
  private static double[] click() {
    var click = new double[CLICK_LENGTH];
    for (int i = 0; i < CLICK_LENGTH; i++) {
      click[i] = CLICK_LOUDNESS * StrictMath.exp(-i / CLICK_DECAY)
          * StrictMath.cos(2 * StrictMath.PI * CLICK_HERTZ * i / SAMPLE_RATE);
    }
    return click;
  }
}
