package org.answerprint.bundles;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.answerprint.faults.RequestFault;
import org.answerprint.storage.ObjectStore;

/**
 * Bundles in a bucket, where all machines find them: {@code models/bundles/<digest>/} holds one's files, {@code bundle.json} written
 * last, and {@code models/names/<name>} a digest. Files are written once. Thread-safe.
 */
public final class BundleBucket {

  /** Where all of it lies. */
  public static final String FOLDER = "models/";

  private static final String BUNDLES = FOLDER + "bundles/";
  private static final String NAMES = FOLDER + "names/";
  private static final int LARGEST_MANIFEST = 16 << 20;
  private static final int DIGEST_LENGTH = 64;

  private final ObjectStore store;
  private final String bucket;

  /** Bundles in a bucket of our own. */
  public BundleBucket(ObjectStore store, String bucket) {
    this.store = store;
    this.bucket = bucket;
  }

  /**
   * Puts a bundle into the bucket and gives it a name, which may have been another's. What is there already is not sent again.
   *
   * @return whether anything had to be sent
   */
  public boolean put(Bundle bundle, String name) {
    BundleCache.requireName(name);
    String digest = bundle.manifest().digest();
    boolean missing = manifest(digest).isEmpty();
    if (missing) {
      for (BundleFile file : bundle.manifest().files()) {
        store.putIfAbsent(bucket, key(digest, file.path()), bundle.folder().resolve(file.path()), "application/octet-stream");
      }
      store.putIfAbsent(bucket, key(digest, BundleManifest.FILE), bundle.manifest().json(), "application/json");
    }
    store.put(bucket, NAMES + name, (digest + "\n").getBytes(StandardCharsets.US_ASCII), "text/plain");
    return missing;
  }

  /** The digest of the bundle of a name. */
  public Optional<String> digest(String name) {
    BundleCache.requireName(name);
    return store.get(bucket, NAMES + name, DIGEST_LENGTH + 2).map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
        .filter(digest -> BundleFile.DIGEST.matcher(digest).matches());
  }

  /** Digests by name. */
  public SortedMap<String, String> names() {
    SortedMap<String, String> names = new TreeMap<>();
    store.list(bucket, NAMES, object -> {
      String name = object.key().substring(NAMES.length());
      digest(name).ifPresent(digest -> names.put(name, digest));
    });
    return names;
  }

  /**
   * What a bundle in the bucket is made of.
   *
   * @throws RequestFault where it is not what its digest says
   */
  public Optional<BundleManifest> manifest(String digest) {
    return store.get(bucket, key(digest, BundleManifest.FILE), LARGEST_MANIFEST).map(bytes -> read(bytes, digest));
  }

  /**
   * The networks of a bundle in the bucket as their configs describe them; their weights stay there.
   *
   * @throws RequestFault where a config is missing, or is not JSON
   */
  public List<Component> components(BundleManifest manifest) {
    String digest = manifest.digest();
    return manifest.components().entrySet().stream().map(entry -> {
      Path weights = Path.of(entry.getValue().weights());
      return new Component(entry.getKey(), entry.getValue().kind(), config(digest, weights.resolveSibling("config.json")), weights, List.of());
    }).toList();
  }

  private JsonNode config(String digest, Path path) {
    byte[] bytes = store.get(bucket, key(digest, path.toString()), LARGEST_MANIFEST).orElseThrow(() -> damaged(digest, null));
    try {
      return Documents.JSON.readTree(bytes);
    } catch (IOException e) {
      throw damaged(digest, e);
    }
  }

  private BundleManifest read(byte[] bytes, String digest) {
    try {
      BundleManifest manifest = Documents.JSON.readValue(bytes, BundleManifest.class);
      if (manifest.digest().equals(digest)) {
        return manifest;
      }
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw damaged(digest, e);
    }
    throw damaged(digest, null);
  }

  private RequestFault damaged(String digest, Exception cause) {
    return new RequestFault("the bundle %s in bucket %s is damaged; remove models/bundles/%s there and push it again".formatted(
        digest, bucket, digest), cause);
  }

  /** Brings a bundle's files into an empty folder, {@code bundle.json} last. @return false where there is no such bundle */
  boolean copy(String digest, Path target) throws IOException {
    Optional<BundleManifest> manifest = manifest(digest);
    if (manifest.isEmpty()) {
      return false;
    }
    for (BundleFile file : manifest.get().files()) {
      Path copy = target.resolve(file.path());
      Files.createDirectories(copy.getParent());
      if (!store.download(bucket, key(digest, file.path()), copy) || Files.size(copy) != file.bytes()
          || !Digests.ofFile(copy).equals(file.digest())) {
        throw damaged(digest, null);
      }
    }
    Files.write(target.resolve(BundleManifest.FILE), manifest.get().json());
    return true;
  }

  private static String key(String digest, String path) {
    return BUNDLES + digest + "/" + path;
  }
}
