package org.answerprint.models;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.answerprint.bundles.ComponentKind;

/**
 * A kind of golden file.
 *
 * @param name of its files, without the ending
 * @param proves the kinds of component that it runs
 * @param check what it takes
 */
record GoldenKind(Pattern name, Set<ComponentKind> proves, GoldenCheck check) {

  private static final String ENDING = ".safetensors";

  /** Prompts and settings, which are read with the tensors that they lie beside. */
  private static final Set<String> COMPANIONS = Set.of("prompts.json", "pix2video.json", "transition_ddim.json");

  private static final List<GoldenKind> ALL = List.of(
      of("text_encoder", ImageGoldens::text, ComponentKind.TEXT_ENCODER),
      of("vae", ImageGoldens::autoencoder, ComponentKind.AUTOENCODER),
      of("depth", ImageGoldens::depth, ComponentKind.DEPTH_ESTIMATOR),
      ofBench("unet_t\\d+", UNetGoldens::forward, ComponentKind.IMAGE_UNET, ComponentKind.VIDEO_UNET, ComponentKind.SEINE_UNET),
      of("unet_injected", UNetGoldens::injected, ComponentKind.IMAGE_UNET),
      ofBench("unet_video", UNetGoldens::forward, ComponentKind.VIDEO_UNET),
      of("unet_video_vjp", VideoGoldens::keys, ComponentKind.VIDEO_UNET),
      of("dreammotion_ssm", VideoGoldens::selfSimilarity, ComponentKind.VIDEO_UNET),
      of("finetune_(clip|frames)", VideoGoldens::finetuning, ComponentKind.VIDEO_UNET),
      of("transition_ddim", TransitionGolden::run, ComponentKind.SEINE_UNET),
      of("pix2video", Pix2VideoGolden::run, ComponentKind.IMAGE_UNET));

  private static GoldenKind of(String name, BiFunction<Model, Golden, List<Comparison>> check, ComponentKind... proves) {
    return ofBench(name, (bench, golden) -> check.apply(bench.model(), golden), proves);
  }

  private static GoldenKind ofBench(String name, GoldenCheck check, ComponentKind... proves) {
    return new GoldenKind(Pattern.compile(name), Set.of(proves), check);
  }

  /** That of a file, by its name. */
  static Optional<GoldenKind> ofFile(String file) {
    return ALL.stream().filter(kind -> file.endsWith(ENDING)
        && kind.name.matcher(file.substring(0, file.length() - ENDING.length())).matches()).findFirst();
  }

  static boolean isCompanion(String file) {
    return COMPANIONS.contains(file);
  }
}
