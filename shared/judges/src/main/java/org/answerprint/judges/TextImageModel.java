package org.answerprint.judges;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.answerprint.metrics.Embedding;
import org.answerprint.pictures.Picture;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.Session;
import org.answerprint.weights.Tensors;

/**
 * CLIP's part for the Toybox: pictures and captions as directions in one space of {@value #WIDTH} axes, for CLIP-Text, CLIP-Image and
 * CLIPSIM. Figures can be compared with others of this model alone; call it {@value #NAME} beside them. It knows the words of the
 * Toybox's captions and their order. Not for several threads at once.
 */
public final class TextImageModel implements AutoCloseable {

  /** What to call it beside a figure. */
  public static final String NAME = "toybox-clip";

  private static final int WIDTH = 64;

  private final Sessions pictures;
  private final BoundWeights weights;
  private final Session texts;

  private TextImageModel(Sessions pictures, BoundWeights weights, Session texts) {
    this.pictures = pictures;
    this.weights = weights;
    this.texts = texts;
  }

  /** The model with the weights that come with this module. */
  public static TextImageModel open(Engine engine) {
    return open(engine, Weights.of(ToyboxJudges.Part.TEXT_IMAGE));
  }

  static TextImageModel open(Engine engine, Tensors tensors) {
    TextImageNetwork network = TextImageNetwork.USUAL;
    BoundWeights weights = BoundWeights.of(tensors, network.texts().weights());
    return new TextImageModel(new Sessions(engine, tensors, size -> network.pictures(size.width(), size.height())), weights,
        Session.open(engine, network.texts(), weights));
  }

  /** The direction of a text; words that no caption of the Toybox has are all the same to it. */
  public Embedding text(String text) {
    texts.longs(TextImageNetwork.TEXTS, 1, CaptionWords.PLACES).put(CaptionWords.ids(text));
    texts.run();
    return Embedding.of(texts.values(TextImageNetwork.TEXT_EMBEDDINGS));
  }

  /**
   * The direction of each picture.
   *
   * @param pictures of one size; other sizes than 64x64 and 112x64 are brought to whichever of them is more nearly of their form
   */
  public List<Embedding> pictures(List<Picture> pictures) {
    List<Embedding> embeddings = new ArrayList<>();
    this.pictures.see(TextImageNetwork.PICTURES, pictures, (session, rows) -> {
      float[] all = session.values(TextImageNetwork.PICTURE_EMBEDDINGS);
      for (int row = 0; row < rows; row++) {
        embeddings.add(Embedding.of(Arrays.copyOfRange(all, row * WIDTH, (row + 1) * WIDTH)));
      }
    });
    return embeddings;
  }

  @Override
  public void close() {
    pictures.close();
    texts.close();
    weights.close();
  }
}
