package org.answerprint.evaluation;

import java.util.List;
import org.answerprint.evaluation.Editor.Attending;
import org.answerprint.evaluation.Editor.Guided;
import org.answerprint.evaluation.Editor.Ideal;
import org.answerprint.evaluation.Editor.KeyFrame;
import org.answerprint.evaluation.Editor.Layers;
import org.answerprint.evaluation.Editor.SdEdit;
import org.answerprint.evaluation.Editor.Untouched;
import org.answerprint.faults.RequestFault;
import org.answerprint.pix2video.References;

/**
 * A row of the table.
 *
 * @param name as it stands there
 * @param editor what it does
 */
public record Variant(String name, Editor editor) {

  /** The method as it is meant. */
  public static final String HEADLINE = "anchor+previous";
  static final String PER_FRAME = "per-frame";
  static final String PREVIOUS = "previous";
  static final String ANCHOR = "anchor";
  static final String ANCHOR_RANDOM = "anchor+random";
  static final String UNGUIDED = "anchor+previous, guided update on no step";
  static final String GUIDED_ALWAYS = "anchor+previous, guided update on all steps";
  static final String DEEP = "anchor+previous, deep decoder layers";
  static final String ENCODER = "anchor+previous, encoder layers too";
  static final String RANDOM = "anchor+previous, random start";
  static final String RANDOM_UNGUIDED = "anchor+previous, random start, guided update on no step";
  static final String PER_FRAME_RANDOM = "per-frame, random start";
  static final String SDEDIT_MIDDLE = "SDEdit with depth, strength 0.7";
  static final String KEY_FRAME = "key frame carried by flow";
  static final String SOURCE = "source, not edited";

  /** All rows, in the table's order. */
  public static final List<Variant> ALL = List.of(
      new Variant(SOURCE, new Untouched()),
      new Variant("perfect edit, as rendered", new Ideal(false)),
      new Variant("perfect edit, through the autoencoder", new Ideal(true)),
      new Variant(PER_FRAME, attending(References.NONE, Layers.DECODER, Guided.NONE, true)),
      new Variant(PREVIOUS, attending(References.PREVIOUS, Layers.DECODER, Guided.HALF, true)),
      new Variant(ANCHOR, attending(References.ANCHOR, Layers.DECODER, Guided.HALF, true)),
      new Variant(ANCHOR_RANDOM, attending(References.RANDOM, Layers.DECODER, Guided.HALF, true)),
      new Variant(HEADLINE, attending(References.BOTH, Layers.DECODER, Guided.HALF, true)),
      new Variant(UNGUIDED, attending(References.BOTH, Layers.DECODER, Guided.NONE, true)),
      new Variant(GUIDED_ALWAYS, attending(References.BOTH, Layers.DECODER, Guided.ALL, true)),
      new Variant(DEEP, attending(References.BOTH, Layers.DEEP, Guided.HALF, true)),
      new Variant(ENCODER, attending(References.BOTH, Layers.ALL, Guided.HALF, true)),
      new Variant(RANDOM, attending(References.BOTH, Layers.DECODER, Guided.HALF, false)),
      new Variant(RANDOM_UNGUIDED, attending(References.BOTH, Layers.DECODER, Guided.NONE, false)),
      new Variant(PER_FRAME_RANDOM, attending(References.NONE, Layers.DECODER, Guided.NONE, false)),
      new Variant("SDEdit with depth, strength 0.5", new SdEdit(0.5)),
      new Variant(SDEDIT_MIDDLE, new SdEdit(0.7)),
      new Variant("SDEdit with depth, strength 0.9", new SdEdit(0.9)),
      new Variant(KEY_FRAME, new KeyFrame()));

  /** The row of that name. @throws RequestFault where there is none, naming those that there are */
  public static Variant named(String name) {
    return ALL.stream().filter(variant -> variant.name().equals(name)).findFirst().orElseThrow(() -> new RequestFault(
        "there is no variant called '%s'; give one of: %s".formatted(name, String.join("; ", ALL.stream().map(Variant::name).toList()))));
  }

  /** Those rows that can be run on footage of which nobody knows the perfect edit. */
  static List<Variant> anywhere(List<Variant> variants) {
    return variants.stream().filter(variant -> variant.editor().runsAnywhere()).toList();
  }

  /** Its name, fit for a folder, and what tells another editor under that name apart. */
  String key() {
    return name.replaceAll("[^A-Za-z0-9.+]+", "-") + "-" + Fingerprint.of(editor);
  }

  private static Editor attending(References references, Layers layers, Guided guided, boolean inverted) {
    return new Attending(references, layers, guided, inverted);
  }
}
