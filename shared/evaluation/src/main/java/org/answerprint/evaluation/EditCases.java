package org.answerprint.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.answerprint.judges.Attribute;
import org.answerprint.toybox.Attributes;
import org.answerprint.toybox.CameraMove;
import org.answerprint.toybox.Scene;
import org.answerprint.toybox.Scenes;

/**
 * The fixed set of edits. The first n are always the same n; kinds take turns. Nothing is trained on these scenes: their seeds are
 * negative, those of trainings are not, and every scene's place, size, light and
 * ground come from its seed. Of each kind, the twelfth and the twenty-fourth edit are films of {@value #LEAST_FILM} to
 * {@value #MOST_FILM} frames, the others clips of eight.
 */
public final class EditCases {

  /** How many an evaluation runs where nothing else is asked for: twelve of each kind. */
  public static final int USUAL = 60;

  static final int LEAST_FILM = 50;
  static final int MOST_FILM = 82;
  private static final int ROUNDS_WITH_FILMS = 24;
  private static final int FILM_EVERY = 12;
  /** Far from any seed that a training counts up from. */
  private static final long SEED = 0x5e7_0f_ed175L << 20;

  private EditCases() {}

  /** The first so many. */
  public static List<EditCase> first(int count) {
    List<EditCase> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cases.add(of(i));
    }
    return cases;
  }

  private static EditCase of(int number) {
    EditKind kind = EditKind.values()[number % EditKind.values().length];
    int round = number / EditKind.values().length;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + number);
    Scene scene = still(Scenes.random(heldOut(random)), heldOut(random));
    List<Attribute> asked = kind.draw(random);
    Attributes wanted = scene.attributes();
    for (Attribute attribute : asked) {
      wanted = attribute.in(wanted, (attribute.of(wanted) + 1 + random.nextInt(attribute.count() - 1)) % attribute.count());
    }
    boolean film = round < ROUNDS_WITH_FILMS && round % FILM_EVERY == FILM_EVERY - 1;
    int frames = film ? LEAST_FILM + random.nextInt(MOST_FILM - LEAST_FILM + 1) : EditCase.CLIP_FRAMES;
    String name = "%03d-%s-%s".formatted(number, kind.key(), Fingerprint.of(scene, wanted, frames));
    return new EditCase(name, kind, scene, wanted, Set.copyOf(asked), frames);
  }

  private static long heldOut(RandomGenerator random) {
    return random.nextLong() | Long.MIN_VALUE;
  }

  /** The camera stands still, so that what moves is the object. */
  private static Scene still(Scene scene, long seed) {
    Attributes a = scene.attributes();
    return Scenes.of(new Attributes(a.pattern(), a.colour(), a.material(), a.shape(), a.motion(), a.place(), CameraMove.STILL), seed);
  }
}
