package org.answerprint.bundles;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** What a component of a checkpoint is, told by the class that its config names. */
public enum ComponentKind {
  @JsonProperty("text-encoder") TEXT_ENCODER("text_encoder", "CLIPTextModel"),
  @JsonProperty("image-unet") IMAGE_UNET("unet", "UNet2DConditionModel"),
  @JsonProperty("video-unet") VIDEO_UNET("unet", "UNet3DConditionModel"),
  @JsonProperty("seine-unet") SEINE_UNET("unet", "SeineUNet3D"),
  @JsonProperty("autoencoder") AUTOENCODER("vae", "AutoencoderKL"),
  @JsonProperty("depth-estimator") DEPTH_ESTIMATOR("depth_estimator", "DPTForDepthEstimation"),
  @JsonProperty("captioner") CAPTIONER("captioner", "PictureWords");

  private final String component;
  private final String className;

  ComponentKind(String component, String className) {
    this.component = component;
    this.className = className;
  }

  /** The component of this name that has this class. */
  public static Optional<ComponentKind> of(String component, String className) {
    return Arrays.stream(values())
        .filter(kind -> kind.component.equals(component) && kind.className.equals(className))
        .findFirst();
  }

  /** Whether components of this name are known at all. */
  static boolean knows(String component) {
    return Arrays.stream(values()).anyMatch(kind -> kind.component.equals(component));
  }

  /** What the classes of a component may be, for people. */
  static String classesOf(String component) {
    return String.join(" or ", Arrays.stream(values())
        .filter(kind -> kind.component.equals(component)).map(kind -> kind.className).toList());
  }
}
