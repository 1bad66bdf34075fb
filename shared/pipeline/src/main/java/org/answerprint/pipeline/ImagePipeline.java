package org.answerprint.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.answerprint.bundles.Component;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.diffusion.SchedulerConfig;
import org.answerprint.diffusion.SchedulerConfigReader;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.Graph;
import org.answerprint.graph.HalfPrecision;
import org.answerprint.models.Definitions;
import org.answerprint.models.Model;
import org.answerprint.models.Network;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.networks.ClipText;
import org.answerprint.networks.DptDepth;
import org.answerprint.networks.NetworkDefinition;
import org.answerprint.networks.PictureWords;
import org.answerprint.networks.UNet2DCondition;
import org.answerprint.pictures.Picture;
import org.answerprint.pictures.Resampling;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Denoiser;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.Images;
import org.answerprint.runtime.TextEncoder;
import org.answerprint.text.ClipTokenizer;

/**
 * The networks of an image model, each loaded when it is first asked for and kept until this is closed. Weights lie in their files'
 * own memory, which other processes share. Not for several threads at once.
 */
public final class ImagePipeline implements AutoCloseable {

  private final ImageModel model;
  private final Model parts;
  private final Engine engine;
  private final PictureSize size;
  private final Set<String> ported;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private Optional<TextEncoder> textEncoder = Optional.empty();
  private Optional<ClipTokenizer> tokenizer = Optional.empty();
  private Optional<Images> encoder = Optional.empty();
  private Optional<Images> decoder = Optional.empty();
  private Optional<Images> estimator = Optional.empty();
  private Optional<Images> captioner = Optional.empty();
  private Optional<Denoiser> denoiser = Optional.empty();

  /**
   * A pipeline of which nothing is loaded yet.
   *
   * @param ported ids of the denoiser's layers to have attention ports; none for a plain denoiser
   */
  public ImagePipeline(ImageModel model, Engine engine, PictureSize size, Set<String> ported) {
    this.model = model;
    this.parts = Model.of(model.bundle());
    this.engine = engine;
    this.size = size;
    this.ported = Set.copyOf(ported);
  }

  public ImageModel model() {
    return model;
  }

  public PictureSize size() {
    return size;
  }

  /** Height of a latent. */
  public int latentHeight() {
    return size.height() / model.vae().factor();
  }

  /** Width of a latent. */
  public int latentWidth() {
    return size.width() / model.vae().factor();
  }

  /** What the checkpoint says of its noise. */
  public SchedulerConfig scheduler() {
    return SchedulerConfigReader.read(model.bundle().scheduler().orElseThrow(
        () -> new RequestFault("the model in " + model.bundle().folder() + " has no scheduler; import a whole checkpoint")));
  }

  /** A prompt's states {@code [1, tokens, D]}. */
  public float[] text(String prompt) {
    ClipTokenizer words = tokenizer();
    TextEncoder states = textEncoder();
    long[] ids = words.encode(prompt);
    if (ids.length != states.tokens()) {
      throw new RequestFault("the tokenizer in %s makes %d tokens, and the text encoder takes %d; fetch both of one checkpoint".formatted(
          model.bundle().folder(), ids.length, states.tokens()));
    }
    return states.encode(ids);
  }

  /** A picture's latent {@code [1, 4, h, w]} as the denoiser has it: the mean of the autoencoder's, scaled; nothing is drawn. */
  public float[] latent(Picture picture) {
    requireSize(picture);
    float[] parameters = encoder().run(picture.planes());
    float[] latent = new float[parameters.length / 2];
    for (int i = 0; i < latent.length; i++) {
      latent[i] = (float) (parameters[i] * model.vae().scalingFactor());
    }
    return latent;
  }

  /** The picture of a latent. */
  public Picture picture(float[] latent) {
    float[] unscaled = new float[latent.length];
    for (int i = 0; i < unscaled.length; i++) {
      unscaled[i] = (float) (latent[i] / model.vae().scalingFactor());
    }
    return new Picture(size.width(), size.height(), decoder().run(unscaled));
  }

  /**
   * A picture's inverse depth {@code [1, 1, h, w]}, of the estimator's own scale: bring it to a range by
   * {@link org.answerprint.diffusion.DepthRange}. The estimator sees the picture at the size that it was trained on, whatever its
   * shape.
   */
  public float[] depth(Picture picture) {
    Images network = estimator();
    int side = Math.toIntExact(network.image().size(1));
    float[] found = network.run(Resampling.BILINEAR.resize(picture.planes(), 3, picture.width(), picture.height(), side, side));
    return Resampling.BILINEAR.resize(found, 1, side, side, latentWidth(), latentHeight());
  }

  /**
   * What a picture shows, in the words of the model's own captioner; nothing where it has none. The captioner sees the picture at the
   * size that it was trained on, whatever its shape.
   */
  public Optional<String> caption(Picture picture) {
    boolean has = parts.components().stream().anyMatch(component -> component.kind() == ComponentKind.CAPTIONER);
    return has ? Optional.of(captioned(picture)) : Optional.empty();
  }

  private String captioned(Picture picture) {
    PictureWords words = (PictureWords) Definitions.of(parts.component(ComponentKind.CAPTIONER));
    captioner = Optional.of(captioner.orElseGet(() ->
        open(ComponentKind.CAPTIONER, PictureWords.class, network -> network.graph(Dim.of("B")), Images::captioner)));
    int side = words.imageSize();
    return words.sentence(captioner.get().run(
        Resampling.BILINEAR.resize(picture.planes(), 3, picture.width(), picture.height(), side, side)));
  }

  /** The denoiser, with ports at the layers asked for. */
  public Denoiser denoiser() {
    denoiser = Optional.of(denoiser.orElseGet(() -> open(ComponentKind.IMAGE_UNET, UNet2DCondition.class, this::unet, Denoiser::open)));
    return denoiser.get();
  }

  private Graph unet(UNet2DCondition unet) {
    ClipText text = (ClipText) Definitions.of(parts.component(ComponentKind.TEXT_ENCODER));
    UNet2DCondition.Options options = UNet2DCondition.Options.of(latentHeight(), latentWidth()).porting(ported);
    Graph graph = unet.graph(options.ofTokens(text.maxPositions()));
    return engine instanceof Engine.Cuda ? HalfPrecision.of(graph) : graph;
  }

  private ClipTokenizer tokenizer() {
    tokenizer = Optional.of(tokenizer.orElseGet(() -> keep(ClipTokenizer.open(model.bundle().tokenizer().orElseThrow(
        () -> new RequestFault("the model in " + model.bundle().folder() + " has no tokenizer; import a whole checkpoint"))))));
    return tokenizer.get();
  }

  private TextEncoder textEncoder() {
    textEncoder = Optional.of(textEncoder.orElseGet(() ->
        open(ComponentKind.TEXT_ENCODER, ClipText.class, text -> text.graph(ClipText.Options.ALL_LAYERS), TextEncoder::open)));
    return textEncoder.get();
  }

  private Images encoder() {
    encoder = Optional.of(encoder.orElseGet(() -> open(ComponentKind.AUTOENCODER, AutoencoderKL.class,
        vae -> vae.encoder(AutoencoderKL.Options.of(size.height(), size.width())), Images::encoder)));
    return encoder.get();
  }

  private Images decoder() {
    decoder = Optional.of(decoder.orElseGet(() -> open(ComponentKind.AUTOENCODER, AutoencoderKL.class,
        vae -> vae.decoder(AutoencoderKL.Options.of(latentHeight(), latentWidth())), Images::decoder)));
    return decoder.get();
  }

  private Images estimator() {
    estimator = Optional.of(estimator.orElseGet(() ->
        open(ComponentKind.DEPTH_ESTIMATOR, DptDepth.class, depth -> depth.graph(depth.trained()), Images::depth)));
    return estimator.get();
  }

  /** Opens a session of a component. */
  private interface Opening<S> {
    S open(Engine engine, Graph graph, BoundWeights weights);
  }

  private <D extends NetworkDefinition, S extends AutoCloseable> S open(ComponentKind kind, Class<D> type, Function<D, Graph> graph,
      Opening<S> opening) {
    Component component = parts.component(kind);
    Network<D> network = keep(Network.open(component, type));
    Graph written = graph.apply(network.definition());
    BoundWeights weights = keep(BoundWeights.of(network.weights(), written.weights()));
    return keep(opening.open(engine, written, weights));
  }

  private <C extends AutoCloseable> C keep(C part) {
    opened.push(part);
    return part;
  }

  private void requireSize(Picture picture) {
    if (picture.width() != size.width() || picture.height() != size.height()) {
      throw new IllegalArgumentException("a picture of %dx%d in a pipeline of %dx%d".formatted(
          picture.width(), picture.height(), size.width(), size.height()));
    }
  }

  /** Sessions before the weights that they read, weights before the files that they lie in. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("no part of a pipeline throws this", e);
      }
    }
  }
}
