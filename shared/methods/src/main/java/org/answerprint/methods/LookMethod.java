package org.answerprint.methods;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FilterGraph;
import org.answerprint.pipeline.ImageModelWork;
import org.answerprint.recipe.MethodCatalogue;
import org.answerprint.recipe.MethodRules;
import org.answerprint.recipe.Options;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.recipe.Transition;

/** Gives every frame the colours of a .cube look-up table, through FFmpeg's lut3d filter. */
final class LookMethod implements EditMethod {

  static final String NAME = "look";
  private static final String TABLE = "lut";

  private final MethodRules rules = MethodCatalogue.BUILT_IN.method(NAME).orElseThrow();

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
    ShotRecipe d = ShotRecipe.DEFAULT;
    return new ShotRecipe(NAME, d.model(), d.prompt(), d.sourcePrompt(), d.seed(), d.steps(), recipe.options(), Transition.CUT);
  }

  @Override
  public List<String> assets(Options options) {
    return options.text(TABLE).stream().toList();
  }

  @Override
  public Effort effort(ShotRecipe recipe, int frames, EncoderSettings film, Optional<ImageModelWork> model) {
    return Methods.passes(2, film).times(frames);
  }

  @Override
  public void edit(EditRequest request, FrameSink out) {
    Path table = assets(request.recipe().options()).stream().findFirst().map(request.assets()::get)
        .orElseThrow(() -> new InternalFault("the look was asked for without its table"));
    long[] done = {0};
    try (FilterGraph look = FilterGraph.lookUpTable(table, request.format(), request.width(), request.height(), request.colour())) {
      request.frames().read(new FrameSpec(request.format(), request.width(), request.height()), frame -> {
        out.put(look.apply(frame));
        request.monitor().progress(++done[0], request.count());
      });
    }
  }
}
