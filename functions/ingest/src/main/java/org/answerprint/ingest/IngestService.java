package org.answerprint.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectLanded;
import org.answerprint.events.ObjectVersion;
import org.answerprint.faults.KilledFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.Retry;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.VideoFile;
import org.answerprint.recipe.Parsed;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeLookup;
import org.answerprint.recipe.StoryItem;
import org.answerprint.stage.RecipeModels;
import org.answerprint.stage.Stage;
import org.answerprint.stage.TaskRunner;
import org.answerprint.storage.ObjectStore;
import org.answerprint.uploads.UploadKey;

/**
 * Makes a job of what landed. The same upload under the same recipe is the same job, however often and by whomever it
 * is announced; only what was rejected and has landed again since is looked at anew, by a job that repeats the first. Thread-safe.
 */
public final class IngestService {

  private final Stage stage;
  private final ObjectStore store;
  private final JobStore jobs;
  private final String bucket;
  private final RecipeFinder recipes;
  private final Assets assets;
  private final OrderMaker orders;

  public IngestService(Stage stage) {
    this.stage = stage;
    this.store = stage.store();
    this.jobs = stage.jobs();
    this.bucket = jobs.buckets().in();
    this.recipes = new RecipeFinder(store, bucket);
    this.assets = new Assets(store, bucket);
    this.orders = new OrderMaker(stage.settings().prices(), stage.settings().encoder());
  }

  /** Sees to one announced object; those of other buckets are none of ours. */
  public Ingested landed(ObjectLanded landed) {
    return landed.object().bucket().equals(bucket)
        ? landed(landed.object().key())
        : new Ingested.Ignored("it is not in bucket " + bucket);
  }

  /** Sees to the object of this key as it is now. */
  public Ingested landed(String key) {
    Optional<Upload> upload = Upload.isSupport(key) ? Optional.empty() : Upload.find(store, bucket, key);
    return upload.map(this::landed).orElse(new Ingested.Ignored("there is nothing to edit at " + key));
  }

  private Ingested landed(Upload upload) {
    Ingested result = RecipeLookup.isRecipe(upload.key()) ? recipeLanded(upload) : filmLanded(upload);
    if (result instanceof Ingested.Accepted || result instanceof Ingested.Rejected) {
      jobs.renew(JobKeys.seen(upload.hash()));
    }
    return result;
  }

  private Ingested recipeLanded(Upload upload) {
    Optional<RecipeFinder.Found> found = recipes.at(upload.key());
    if (found.isPresent() && found.get().parsed() instanceof Parsed.Valid(Recipe recipe) && recipe.isStory()) {
      return story(upload, recipe);
    }
    Optional<Upload> film = RecipeLookup.videoOf(upload.key()).flatMap(key -> Upload.find(store, bucket, key));
    if (film.isPresent()) {
      return filmLanded(film.get().askedForBy(upload));
    }
    return found.isPresent() && found.get().parsed() instanceof Parsed.Invalid invalid
        ? reject(wanted(List.of(upload), found.get().text()), invalid::orThrow)
        : new Ingested.Ignored("the recipe " + upload.key() + " waits for its video");
  }

  /** What a story waits for is edited in the story; alone only where a recipe of its own stands beside it. */
  private Ingested filmLanded(Upload upload) {
    List<Ingested> stories = storiesWaitingFor(upload);
    RecipeFinder.Found recipe = recipes.of(upload.key());
    boolean ownRecipe = recipe.key().flatMap(RecipeLookup::videoOf).isPresent();
    if (!ownRecipe && !stories.isEmpty()) {
      return stories.getFirst();
    }
    return switch (recipe.parsed()) {
      case Parsed.Invalid invalid -> reject(wanted(List.of(upload), recipe.text()), invalid::orThrow);
      case Parsed.Valid(Recipe valid) -> valid.isStory() ? story(storyUpload(recipe), valid) : film(upload, valid);
    };
  }

  private Upload storyUpload(RecipeFinder.Found recipe) {
    return Upload.find(store, bucket, recipe.key().orElseThrow()).orElseThrow(
        () -> new RequestFault("the recipe " + recipe.key().orElse("") + " is gone; land it again"));
  }

  private Ingested film(Upload upload, Recipe recipe) {
    return accept(wanted(List.of(upload), recipe.canonical()), () -> {
      long start = System.nanoTime();
      UploadKey.requireRoom(upload.key());
      Map<String, String> tags = assets.resolve(recipe);
      RecipeModels named = RecipeModels.of(recipe, stage.models());
      SourceFilm source = probe(upload, false, Optional.empty());
      return orders.make(List.of(source), recipe, tags, named, (System.nanoTime() - start) / 1e9);
    });
  }

  /** A story runs when the last of its inputs has landed; until then each of them knows that it is waited for. */
  private Ingested story(Upload recipeUpload, Recipe recipe) {
    List<Upload> inputs = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (StoryItem item : recipe.story()) {
      jobs.objects().putIfAbsent(jobs.buckets().work(),
          JobKeys.waitingFolder(Upload.hash(bucket, item.key())) + Upload.hash(bucket, recipeUpload.key()),
          recipeUpload.key().getBytes(StandardCharsets.UTF_8), "text/plain");
      Upload.find(store, bucket, item.key()).ifPresentOrElse(inputs::add, () -> missing.add(item.key()));
    }
    if (!missing.isEmpty()) {
      return new Ingested.Waiting(missing);
    }
    List<Upload> asked = new ArrayList<>(List.of(recipeUpload));
    asked.addAll(inputs);
    return accept(wanted(asked, recipe.canonical()), () -> storyOrder(recipe, inputs));
  }

  private Order storyOrder(Recipe recipe, List<Upload> inputs) {
    long start = System.nanoTime();
    Map<String, String> tags = assets.resolve(recipe);
    RecipeModels named = RecipeModels.of(recipe, stage.models());
    List<SourceFilm> sources = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      boolean still = Upload.isPicture(inputs.get(i).key());
      Optional<Duration> length = recipe.story().get(i).length();
      if (still && length.isEmpty()) {
        throw new RequestFault("story[" + i + "] is the picture " + inputs.get(i).key() + " and has no length; say how long it is shown");
      }
      sources.add(probe(inputs.get(i), still, length));
    }
    return orders.make(sources, recipe, tags, named, (System.nanoTime() - start) / 1e9);
  }

  private List<Ingested> storiesWaitingFor(Upload upload) {
    List<Ingested> results = new ArrayList<>();
    jobs.list(JobKeys.waitingFolder(Upload.hash(bucket, upload.key()))).forEach(mark ->
        jobs.objects().get(jobs.buckets().work(), mark.key(), 4096).map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .flatMap(key -> Upload.find(store, bucket, key))
            .filter(recipe -> asksFor(recipe, upload))
            .ifPresent(recipe -> results.add(recipeLanded(recipe))));
    return results;
  }

  /** A recipe may have been changed since, and not be a story, or not ask for this upload any more. */
  private boolean asksFor(Upload recipe, Upload upload) {
    return recipes.at(recipe.key()).map(RecipeFinder.Found::parsed)
        .filter(parsed -> parsed instanceof Parsed.Valid(Recipe valid) && valid.story().stream().anyMatch(i -> i.key().equals(upload.key())))
        .isPresent();
  }

  private SourceFilm probe(Upload upload, boolean still, Optional<Duration> length) {
    ObjectVersion object = upload.object();
    try (VideoFile film = stage.films().open(object.bucket(), object.key(), upload.tag(), object.size(), still)) {
      return new SourceFilm(object, upload.tag(), still, film.info(), length);
    } catch (RequestFault e) {
      throw new RequestFault(object.key() + " cannot be edited: " + e.getMessage(), e);
    }
  }

  /**
   * The job for these inputs, with nothing to make yet: the first one, or its first repetition that was not rejected before the last
   * input landed. Whoever is told of that landing finds the same one.
   *
   * @param inputs the first asked for the job
   */
  private Job wanted(List<Upload> inputs, String recipe) {
    JobId first = Job.idOf(inputs.stream().map(Upload::object).toList(), recipe);
    Instant landed = inputs.stream().map(Upload::landed).max(Comparator.naturalOrder()).orElseThrow();
    Optional<Retry> retry = Optional.empty();
    JobId id = first;
    for (int number = 1; wasRejectedBefore(landed, id); number++) {
      id = Job.idOfRetry(first, number);
      retry = Optional.of(new Retry(first, number, OptionalInt.empty()));
    }
    return new Job(id, inputs.getFirst().object(), stage.clock().instant(), retry, Optional.empty());
  }

  /** Both times are the store's, so that no other clock can make a landing of an event that is repeated. */
  private boolean wasRejectedBefore(Instant landed, JobId id) {
    return jobs.end(id).filter(end -> end.state() == EndState.REJECTED).isPresent()
        && store.head(jobs.buckets().work(), JobKeys.end(id)).filter(end -> end.modified().isBefore(landed)).isPresent();
  }

  private Ingested accept(Job wanted, Supplier<Order> order) {
    JobId id = wanted.id();
    Optional<End> end = jobs.end(id);
    if (end.isPresent()) {
      return end.get().state() == EndState.REJECTED
          ? new Ingested.Rejected(id, end.get().reason().orElse(""))
          : new Ingested.Accepted(id);
    }
    // a job without an order was begun to be rejected, by somebody who may have died before saying so
    if (jobs.job(id).flatMap(Job::order).isEmpty()) {
      Order made;
      try {
        made = order.get();
      } catch (RequestFault e) {
        return reject(wanted, () -> {
          throw e;
        });
      } catch (KilledFault e) {
        if (jobs.beginAttempt(id, "ingest") < TaskRunner.ATTEMPTS) {
          throw e;
        }
        giveUp(wanted, e);
        return new Ingested.Accepted(id);
      } catch (TransientFault e) {
        throw e;
      } catch (RuntimeException e) {
        giveUp(wanted, e);
        throw e;
      }
      jobs.mark(JobKeys.open(id));
      boolean written = jobs.write(JobKeys.job(id), new Job(id, wanted.upload(), wanted.created(), wanted.retry(), Optional.of(made)));
      if (!written && jobs.existing(id).order().isEmpty()) {
        stage.ender().stop(id, EndState.FAILED, "ingesting it went wrong when it landed; land it under another key");
        return new Ingested.Accepted(id);
      }
    }
    stage.conductor().reconcile(id);
    return new Ingested.Accepted(id);
  }

  /** Where we are wrong, or decoders were killed again and again, the job ends too, so that nobody waits for it. */
  private void giveUp(Job wanted, RuntimeException cause) {
    jobs.write(JobKeys.job(wanted.id()), wanted);
    stage.ender().stop(wanted.id(), EndState.FAILED, "ingesting it went wrong: " + cause.getMessage());
  }

  /** Rejected uploads leave an ended job too, so that whoever landed them can find out why. */
  private Ingested reject(Job wanted, Runnable cause) {
    JobId id = wanted.id();
    String reason = reasonOf(cause);
    jobs.write(JobKeys.job(id), wanted);
    boolean known = jobs.isEnded(id);
    stage.ender().stop(id, EndState.REJECTED, reason);
    if (!known) {
      stage.outbox().send(new Fact.VideoRejected(id, wanted.upload(), reason));
    }
    return new Ingested.Rejected(id, reason);
  }

  private static String reasonOf(Runnable cause) {
    try {
      cause.run();
      throw new IllegalStateException("a rejection has a reason");
    } catch (RequestFault e) {
      return e.getMessage();
    }
  }
}
