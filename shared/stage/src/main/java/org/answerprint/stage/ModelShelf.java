package org.answerprint.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleBucket;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.BundleManifest;
import org.answerprint.bundles.Component;
import org.answerprint.faults.RequestFault;
import org.answerprint.models.Model;
import org.answerprint.storage.ObjectStore;

/**
 * The models that a stage can work with: those of this machine, which its people named, and those of the bucket, which all machines
 * share. Thread-safe.
 */
public final class ModelShelf {

  private final BundleCache cache;
  private final BundleBucket bucket;

  /**
   * A shelf that nothing is looked up on yet.
   *
   * @param bucket of our own, in which shared models lie
   * @param folder of this machine's
   */
  public ModelShelf(ObjectStore store, String bucket, Path folder) {
    this.cache = new BundleCache(folder);
    this.bucket = new BundleBucket(store, bucket);
  }

  /**
   * What a name stands for now.
   *
   * @param components its networks as their configs describe them
   */
  public record Found(String digest, BundleManifest manifest, List<Component> components) {}

  /**
   * Looks a name up, on this machine first.
   *
   * @throws RequestFault where it is nowhere, naming those that there are
   */
  public Found find(String name) {
    Optional<Found> here = Optional.ofNullable(cache.manifests().get(name)).flatMap(manifest -> cache.find(manifest.digest()))
        .map(bundle -> new Found(bundle.manifest().digest(), bundle.manifest(), Model.of(bundle).components()));
    return here.or(() -> bucket.digest(name).flatMap(bucket::manifest)
        .map(manifest -> new Found(manifest.digest(), manifest, bucket.components(manifest)))).orElseThrow(() -> nowhere(name));
  }

  private RequestFault nowhere(String name) {
    Set<String> known = new TreeSet<>(cache.manifests().keySet());
    known.addAll(bucket.names().keySet());
    return new RequestFault("there is no model called '" + name + "'; use "
        + (known.isEmpty() ? "" : "one of " + String.join(", ", known) + ", or ") + "./answerprint models import DIR --name " + name);
  }

  /**
   * A model by its digest, fetched from the bucket where it is not here.
   *
   * @throws RequestFault where it is nowhere
   */
  public Bundle fetch(String digest) {
    return cache.fetch(digest, bucket);
  }
}
