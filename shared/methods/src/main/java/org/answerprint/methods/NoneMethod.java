package org.answerprint.methods;

import java.util.List;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;
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
  public double secondsPerFrame(ShotRecipe recipe, int width, int height) {
    return Methods.encodeSeconds(width, height);
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
