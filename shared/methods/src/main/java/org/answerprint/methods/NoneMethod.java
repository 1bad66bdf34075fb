package org.answerprint.methods;

import java.util.List;
import java.util.Optional;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;
import org.answerprint.media.EncoderSettings;
import org.answerprint.pipeline.ImageModelWork;
import org.answerprint.recipe.MethodRules;
import org.answerprint.recipe.Options;
import org.answerprint.recipe.ShotRecipe;

/** Gives every frame back as it is: decoded and encoded like any edit, so that what it proves holds for all of them. */
final class NoneMethod implements EditMethod {

  private final MethodRules rules = MethodRules.of(Methods.NONE, List.of());

  @Override
  public MethodRules rules() {
    return rules;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public boolean framewise() {
    return true;
  }

  @Override
  public ShotRecipe essential(ShotRecipe recipe) {
    return Methods.plain();
  }

  @Override
  public List<String> assets(Options options) {
    return List.of();
  }

  @Override
  public Effort effort(ShotRecipe recipe, int frames, EncoderSettings film, Optional<ImageModelWork> model) {
    return Methods.passes(1, film).times(frames);
  }

  @Override
  public void edit(EditRequest request, FrameSink out) {
    long[] done = {0};
    request.frames().read(new FrameSpec(request.format(), request.width(), request.height()), frame -> {
      out.put(frame);
      request.monitor().progress(++done[0], request.count());
    });
  }
}
