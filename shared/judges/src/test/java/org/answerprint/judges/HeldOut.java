package org.answerprint.judges;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.answerprint.metrics.Embedding;
import org.answerprint.pictures.Picture;
import org.answerprint.toybox.Attributes;
import org.answerprint.toybox.CameraMove;
import org.answerprint.toybox.Motion;
import org.answerprint.training.Size;
import org.answerprint.training.ToyPicture;

/**
 * Renders that no judge has learnt from, and what judges make of them.
 *
 * @param attributes of each picture
 * @param pictures of one size
 */
record HeldOut(List<Attributes> attributes, List<Picture> pictures) {

  private record Drawn(long number, Size size) {}

  /** Several tests look at the same pictures. */
  private static final Map<Drawn, ToyPicture> DRAWN = new ConcurrentHashMap<>();

  static HeldOut of(long first, int count, Size size) {
    List<Attributes> attributes = new ArrayList<>();
    List<Picture> pictures = new ArrayList<>();
    for (long number = first; number < first + count; number++) {
      ToyPicture shown = DRAWN.computeIfAbsent(new Drawn(number, size), it -> ToyPicture.heldOut(it.number(), size.width(), size.height()));
      attributes.add(shown.scene().attributes());
      pictures.add(shown.picture());
    }
    return new HeldOut(attributes, pictures);
  }

  /** The same after softness and noise. */
  HeldOut worn() {
    SplittableRandom random = new SplittableRandom(5);
    return new HeldOut(attributes, pictures.stream().map(picture -> Wear.worn(picture, random)).toList());
  }

  /** How many pictures each attribute is read right in. */
  Map<Attribute, Integer> readRight(AttributeReader reader) {
    List<Reading> readings = reader.read(pictures);
    Map<Attribute, Integer> right = new EnumMap<>(Attribute.class);
    for (Attribute attribute : Attribute.values()) {
      right.put(attribute, 0);
      for (int i = 0; i < readings.size(); i++) {
        right.merge(attribute, readings.get(i).agrees(attributes.get(i), attribute) ? 1 : 0, Integer::sum);
      }
    }
    return right;
  }

  /** How many pictures are nearest to their own caption, of all that a still caption can say. */
  int ownCaptionBest(TextImageModel model) {
    List<Attributes> all = Attributes.all().filter(it -> it.motion() == Motion.STANDING_STILL).toList();
    List<Embedding> captions = all.stream().map(Attributes::stillCaption).map(model::text).toList();
    List<Embedding> seen = model.pictures(pictures);
    int right = 0;
    for (int i = 0; i < seen.size(); i++) {
      int best = 0;
      for (int caption = 1; caption < captions.size(); caption++) {
        if (seen.get(i).cosine(captions.get(caption)) > seen.get(i).cosine(captions.get(best))) {
          best = caption;
        }
      }
      right += still(all.get(best)).equals(still(attributes.get(i))) ? 1 : 0;
    }
    return right;
  }

  private static Attributes still(Attributes a) {
    return new Attributes(a.pattern(), a.colour(), a.material(), a.shape(), Motion.STANDING_STILL, a.place(), CameraMove.STILL);
  }
}
