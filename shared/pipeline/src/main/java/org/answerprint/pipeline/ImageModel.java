package org.answerprint.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleManifest;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.faults.RequestFault;
import org.answerprint.models.Definitions;
import org.answerprint.models.Model;
import org.answerprint.networks.AttentionLayer;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.networks.UNet2DCondition;

/**
 * What a bundle of an image model says of itself, without anything being opened.
 *
 * @param bundle of text encoder, tokenizer, autoencoder, UNet of images, scheduler, and a depth estimator where the UNet sees depth
 * @param unet its denoiser
 * @param vae its autoencoder
 */
public record ImageModel(Bundle bundle, UNet2DCondition unet, AutoencoderKL vae) {

  private static final int LATENT_CHANNELS = 4;
  /** Stable Diffusion 2 depth's config says 32 and means nothing by it: the model was trained on 64 by 64. */
  private static final int MEANINGLESS = 32;
  private static final int STABLE_DIFFUSION = 64;

  /** @throws RequestFault where it is no such bundle */
  public static ImageModel of(Bundle bundle) {
    require(bundle.manifest());
    Model model = Model.of(bundle);
    UNet2DCondition unet = (UNet2DCondition) Definitions.of(model.component(ComponentKind.IMAGE_UNET));
    AutoencoderKL vae = (AutoencoderKL) Definitions.of(model.component(ComponentKind.AUTOENCODER));
    ImageModel found = new ImageModel(bundle, unet, vae);
    if (unet.inChannels() == LATENT_CHANNELS + 1) {
      model.component(ComponentKind.DEPTH_ESTIMATOR);
    } else if (unet.inChannels() != LATENT_CHANNELS) {
      throw new RequestFault("the UNet in %s takes %d channels, and films are edited with one of 4, or of 5 with depth; give another model"
          .formatted(bundle.folder(), unet.inChannels()));
    }
    return found;
  }

  /**
   * Whether a bundle has all that an image model needs; reads nothing else.
   *
   * @throws RequestFault with what it lacks
   */
  public static void require(BundleManifest manifest) {
    Set<ComponentKind> kinds = manifest.components().values().stream().map(c -> c.kind()).collect(Collectors.toSet());
    StringBuilder lacks = new StringBuilder();
    lack(lacks, kinds.contains(ComponentKind.IMAGE_UNET), "a UNet of images");
    lack(lacks, kinds.contains(ComponentKind.AUTOENCODER), "an autoencoder");
    lack(lacks, kinds.contains(ComponentKind.TEXT_ENCODER), "a text encoder");
    lack(lacks, manifest.files().stream().anyMatch(file -> file.path().startsWith("tokenizer/")), "a tokenizer");
    lack(lacks, manifest.files().stream().anyMatch(file -> file.path().startsWith("scheduler/")), "a scheduler");
    if (!lacks.isEmpty()) {
      throw new RequestFault("the model lacks " + lacks + "; import a whole checkpoint of an image model, such as stable-diffusion-2-depth");
    }
  }

  /** Whether a bundle can say by itself what a picture shows. */
  public static boolean captions(BundleManifest manifest) {
    return manifest.components().values().stream().anyMatch(component -> component.kind() == ComponentKind.CAPTIONER);
  }

  private static void lack(StringBuilder lacks, boolean has, String what) {
    if (!has) {
      lacks.append(lacks.isEmpty() ? "" : ", ").append(what);
    }
  }

  /** Whether the denoiser sees depth. */
  public boolean seesDepth() {
    return unet.inChannels() > LATENT_CHANNELS;
  }

  /** The ids of all self-attention layers of the decoder, where Pix2Video injects. */
  public Set<String> decoderLayers() {
    return unet.decoderLayers();
  }

  /** The ids of the later, finer half of them. */
  public Set<String> lateDecoderLayers() {
    List<String> decoder = unet.attentionLayers().stream().filter(AttentionLayer::isDecoder).map(AttentionLayer::id).toList();
    return Set.copyOf(decoder.subList(decoder.size() / 2, decoder.size()));
  }

  /** The ids of all self-attention layers. */
  public Set<String> allLayers() {
    return unet.attentionLayers().stream().map(AttentionLayer::id).collect(Collectors.toSet());
  }

  /** The shorter side, in pixels, of the pictures that it was trained on. */
  public int nativeSide() {
    return nativeSide(bundle.config(bundle.manifest().components().entrySet().stream()
        .filter(entry -> entry.getValue().kind() == ComponentKind.IMAGE_UNET).findFirst().orElseThrow().getKey()), unet, vae);
  }

  /** The same from the UNet's config. */
  static int nativeSide(JsonNode config, UNet2DCondition unet, AutoencoderKL vae) {
    int side = config.path("sample_size").asInt(STABLE_DIFFUSION);
    boolean meaningless = side == MEANINGLESS && unet.inChannels() > LATENT_CHANNELS && vae.factor() == 8;
    return (meaningless ? STABLE_DIFFUSION : side) * vae.factor();
  }

  /** What both sides of a picture must be multiples of, so that every level of the UNet has whole places. */
  public int multiple() {
    return multiple(unet, vae);
  }

  static int multiple(UNet2DCondition unet, AutoencoderKL vae) {
    return vae.factor() << (unet.blockOutChannels().size() - 1);
  }

  /**
   * The size to work at.
   *
   * @param shown width of the film over its height, as it is shown
   * @param shorter side in pixels, such as {@link #nativeSide}
   * @throws RequestFault where that is too small for the networks
   */
  public PictureSize size(double shown, int shorter) {
    return PictureSize.of(shown, shorter, multiple());
  }
}
