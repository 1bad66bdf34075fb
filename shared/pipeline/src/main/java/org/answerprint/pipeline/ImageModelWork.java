package org.answerprint.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.bundles.Component;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.Graph;
import org.answerprint.models.Definitions;
import org.answerprint.networks.AttentionLayer;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.networks.ClipText;
import org.answerprint.networks.DptDepth;
import org.answerprint.networks.PictureWords;
import org.answerprint.networks.UNet2DCondition;

/**
 * How much the networks of an image model calculate, counted in the graphs that would run; for prices, before anything is loaded and
 * without the weights. In 10^9 operations.
 *
 * @param row of the denoiser, every attention of which sees two pictures; that is the most that Pix2Video asks for
 * @param encoding a picture to a latent
 * @param decoding a latent to a picture
 * @param depth of a picture; 0 where the denoiser sees none
 * @param text of a prompt
 * @param caption of a picture; 0 where the model has no captioner
 * @param nativeSide the shorter side, in pixels, of the pictures that it was trained on
 * @param multiple of which both sides of a picture are, in pixels
 * @param factor by which a latent is smaller than its picture
 */
public record ImageModelWork(
    ByArea row, ByArea encoding, ByArea decoding, double depth, double text, double caption, int nativeSide, int multiple, int factor) {

  private static final double OPERATIONS_PER_SCORE = 4;

  /**
   * Counts by the networks' configs.
   *
   * @throws RequestFault where a config is wrong, or there is no UNet of images or no autoencoder among the components
   */
  public static ImageModelWork of(List<Component> components) {
    Component denoiser = find(components, ComponentKind.IMAGE_UNET).orElseThrow(() -> new RequestFault("the model lacks a UNet of images"));
    UNet2DCondition unet = (UNet2DCondition) Definitions.of(denoiser);
    AutoencoderKL vae = (AutoencoderKL) Definitions.of(
        find(components, ComponentKind.AUTOENCODER).orElseThrow(() -> new RequestFault("the model lacks an autoencoder")));
    int multiple = ImageModel.multiple(unet, vae);
    long least = multiple / vae.factor();
    return new ImageModelWork(
        ByArea.through(least, side -> operations(unet.graph(UNet2DCondition.Options.of(side, side)))).withMorePerPair(anotherPicture(unet)),
        ByArea.through(least, side -> operations(vae.encoder(AutoencoderKL.Options.of(side * vae.factor(), side * vae.factor())))),
        ByArea.through(least, side -> operations(vae.decoder(AutoencoderKL.Options.of(side, side)))),
        find(components, ComponentKind.DEPTH_ESTIMATOR).map(found -> (DptDepth) Definitions.of(found))
            .map(network -> operations(network.graph(network.trained())) / 1e9).orElse(0.0),
        find(components, ComponentKind.TEXT_ENCODER).map(found -> (ClipText) Definitions.of(found))
            .map(network -> operations(network.graph(ClipText.Options.ALL_LAYERS)) / 1e9).orElse(0.0),
        find(components, ComponentKind.CAPTIONER).map(found -> (PictureWords) Definitions.of(found))
            .map(network -> operations(network.graph(Dim.of(1))) / 1e9).orElse(0.0),
        ImageModel.nativeSide(denoiser.config(), unet, vae), multiple, vae.factor());
  }

  /** Places of the latent of a film's picture. @param shown width of the film over its height, as it is shown */
  public long places(double shown, int shorterSide) {
    PictureSize size = PictureSize.of(shown, shorterSide, multiple);
    return (long) (size.width() / factor) * (size.height() / factor);
  }

  /** What it takes that all places of all layers see those of another picture beside their own, per pair of places. */
  private static double anotherPicture(UNet2DCondition unet) {
    return unet.attentionLayers().stream().mapToDouble(ImageModelWork::perPair).sum() / 1e9;
  }

  private static double perPair(AttentionLayer layer) {
    double smaller = Math.pow(4, layer.halvings());
    return OPERATIONS_PER_SCORE * layer.channels() / smaller / smaller;
  }

  private static double operations(Graph graph) {
    return graph.operations(Map.of());
  }

  private static Optional<Component> find(List<Component> components, ComponentKind kind) {
    return components.stream().filter(component -> component.kind() == kind).findFirst();
  }
}
