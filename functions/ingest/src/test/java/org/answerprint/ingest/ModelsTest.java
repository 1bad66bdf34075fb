package org.answerprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleBucket;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.faults.RequestFault;
import org.answerprint.methods.Methods;
import org.answerprint.models.Definitions;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.stage.ModelShelf;
import org.answerprint.stage.RecipeModels;
import org.answerprint.storage.MemoryObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {

  private static final String WORK = "work";

  @TempDir
  Path here;

  @TempDir
  Path elsewhere;

  private final MemoryObjectStore store = new MemoryObjectStore(Clock.systemUTC());
  private ModelShelf shelf;

  @BeforeEach
  void anEmptyShelf() {
    shelf = new ModelShelf(store, WORK, here);
  }

  @Test
  void aModelOfThisMachineIsPinned() {
    Bundle bundle = imported(here, "/sd-depth", "tiny");

    assertThat(resolve(recipe("tiny")).digests()).containsOnlyKeys("tiny").containsValue(bundle.manifest().digest());
  }

  @Test
  void aModelOfTheBucketIsPinnedAndFetchedWhereItIsNeeded() {
    Bundle bundle = imported(elsewhere, "/sd-depth", "tiny");
    new BundleBucket(store, WORK).put(bundle, "tiny");
    String digest = resolve(recipe("tiny")).digests().get("tiny");

    assertThat(digest).isEqualTo(bundle.manifest().digest());
    assertThat(shelf.fetch(digest).damage()).isEmpty();
  }

  @Test
  void aModelThatIsNowhereIsRefusedWithThoseThatThereAre() {
    imported(here, "/sd-depth", "tiny");
    new BundleBucket(store, WORK).put(imported(elsewhere, "/sd-depth", "there"), "there");

    assertThatThrownBy(() -> resolve(recipe("nope"))).isInstanceOf(RequestFault.class)
        .hasMessageContainingAll("no model called 'nope'", "tiny", "there", "models import");
  }

  @Test
  void aModelOfVideosIsNotForAMethodOfImages() {
    imported(here, "/video", "video");

    assertThatThrownBy(() -> resolve(recipe("video"))).isInstanceOf(RequestFault.class)
        .hasMessageContaining("a UNet of images");
  }

  @Test
  void aSilentRecipeNeedsAModelWithACaptioner() {
    imported(here, "/sd-depth", "tiny");

    assertThatThrownBy(() -> resolve(read("method: pix2video\nprompt: snow\nmodel: tiny\n"))).isInstanceOf(RequestFault.class)
        .hasMessageContaining("has no captioner");
  }

  @Test
  void recipesWithoutMethodsOfModelsLookNothingUp() {
    assertThat(resolve(read("model: nope\n")).digests()).isEmpty();
  }

  @Test
  void modelsOfSingleShotsArePinnedToo() {
    imported(here, "/sd-depth", "tiny");

    assertThat(resolve(read("""
        shots:
          - { match: 2, method: pix2video, model: tiny, prompt: snow, sourcePrompt: grass }
        """)).digests()).containsOnlyKeys("tiny");
  }

  @Test
  void whatAModelCalculatesIsTheSameWhereverItLies() {
    Bundle bundle = imported(elsewhere, "/sd-depth", "tiny");
    new BundleBucket(store, WORK).put(bundle, "tiny");
    RecipeModels there = resolve(recipe("tiny"));
    imported(here, "/sd-depth", "tiny");

    assertThat(there.work().get("tiny").row().at(64)).isPositive();
    assertThat(resolve(recipe("tiny"))).isEqualTo(there);
  }

  private RecipeModels resolve(Recipe recipe) {
    return RecipeModels.of(recipe, shelf);
  }

  private static Recipe recipe(String model) {
    return read("method: pix2video\nprompt: snow\nsourcePrompt: grass\nmodel: " + model + "\n");
  }

  private static Recipe read(String yaml) {
    return RecipeReader.read(yaml, "the test", Methods.catalogue()).orThrow();
  }

  private static Bundle imported(Path folder, String checkpoint, String name) {
    try {
      Path files = Path.of(ModelsTest.class.getResource(checkpoint).toURI());
      return new BundleCache(folder).add(CheckpointReader.read(files, new Definitions(), false), name).bundle();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
