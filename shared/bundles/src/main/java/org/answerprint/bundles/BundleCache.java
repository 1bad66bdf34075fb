package org.answerprint.bundles;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;

/**
 * The bundles of this machine, each once, in a folder that is named by its digest; and their names, each a file that
 * holds a digest. A bundle appears whole or not at all, so several processes may share a cache. Thread-safe.
 */
public final class BundleCache {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final Path bundles;
  private final Path names;
  private final ShippedBundles shipped;

  /** A cache below a folder, which need not be there yet; bundles that come with the program are in it from the start. */
  public BundleCache(Path root) {
    this(root, ShippedBundles.of(BundleCache.class.getClassLoader()));
  }

  BundleCache(Path root, ShippedBundles shipped) {
    bundles = root.resolve("bundles");
    names = root.resolve("names");
    this.shipped = shipped;
  }

  /**
   * The result of an import.
   *
   * @param bundle as it is kept now
   * @param copied whether its files had to be copied; not where the same weights were there already
   */
  public record Imported(Bundle bundle, boolean copied) {}

  /**
   * Takes a checkpoint in and gives it a name, which may have been another bundle's.
   *
   * @throws RequestFault where the name cannot be one, or the checkpoint changes meanwhile
   * @throws TransientFault where the disk refuses
   */
  public Imported add(Checkpoint checkpoint, String name) {
    requireName(name);
    try {
      Files.createDirectories(bundles);
      deleteLeftovers();
      Optional<Bundle> known = known(checkpoint);
      Bundle bundle = known.isPresent() ? known.get() : copy(checkpoint);
      name(name, bundle.manifest().digest());
      return new Imported(bundle, known.isEmpty());
    } catch (IOException e) {
      throw Documents.unwritable(bundles, e);
    }
  }

  /**
   * Work in an empty folder on the cache's own disk, which is deleted afterwards: to put a checkpoint together for {@link #add}. Its
   * files become the bundle's without a copy, where they are no links to others.
   */
  public <T> T inWorkspace(Function<Path, T> work) {
    try {
      Files.createDirectories(bundles);
      Path folder = Files.createTempDirectory(bundles, ".part-");
      try {
        return work.apply(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw Documents.unwritable(bundles, e);
    }
  }

  /** A bundle by its digest. */
  public Optional<Bundle> find(String digest) {
    if (!BundleFile.DIGEST.matcher(digest).matches()) {
      return Optional.empty();
    }
    Optional<Bundle> here = bundle(bundles.resolve(digest));
    return here.isPresent() ? here : shipped.name(digest).map(this::unpack);
  }

  private Bundle unpack(String name) {
    try {
      Files.createDirectories(bundles);
      return made(part -> shipped.copy(name, part));
    } catch (IOException e) {
      throw Documents.unwritable(bundles, e);
    }
  }

  /**
   * A bundle by its digest, brought from a bucket where it is not here; of several processes that want it, one fetches it.
   *
   * @throws RequestFault where it is neither here nor there, or is damaged there
   * @throws TransientFault where the disk or the bucket refuses
   */
  public Bundle fetch(String digest, BundleBucket bucket) {
    Optional<Bundle> here = find(digest);
    return here.isPresent() ? here.get() : fetchOnce(digest, bucket);
  }

  private synchronized Bundle fetchOnce(String digest, BundleBucket bucket) {
    try {
      Files.createDirectories(bundles);
      deleteLeftovers();
      try (FileChannel lock = FileChannel.open(bundles.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock(); // until the channel is closed
        Optional<Bundle> here = find(digest);
        return here.isPresent() ? here.get() : receive(digest, bucket);
      }
    } catch (IOException e) {
      throw Documents.unwritable(bundles, e);
    }
  }

  private Bundle receive(String digest, BundleBucket bucket) throws IOException {
    return made(part -> {
      if (!bucket.copy(digest, part)) {
        throw new RequestFault("the bundle %s is neither on this machine nor in the bucket; push it there".formatted(digest));
      }
      return BundleManifest.read(part.resolve(BundleManifest.FILE));
    });
  }

  /** @throws RequestFault where there is no bundle of that name */
  public Bundle named(String name) {
    requireName(name);
    SortedMap<String, BundleManifest> all = manifests();
    return Optional.ofNullable(all.get(name)).flatMap(manifest -> find(manifest.digest())).orElseThrow(() -> new RequestFault(
        "there is no bundle %s, only %s; import it first".formatted(name, all.isEmpty() ? "none" : String.join(", ", all.keySet()))));
  }

  /**
   * What all bundles are made of, by name; a name that was given here goes before one that came with the program. Unpacks none of
   * those.
   */
  public SortedMap<String, BundleManifest> manifests() {
    SortedMap<String, BundleManifest> all = new TreeMap<>(shipped.manifests());
    if (!Files.isDirectory(names)) {
      return all;
    }
    try (Stream<Path> inside = Files.list(names)) {
      for (Path file : inside.filter(path -> NAME.matcher(path.getFileName().toString()).matches()).toList()) {
        manifest(Files.readString(file).strip()).ifPresent(manifest -> all.put(file.getFileName().toString(), manifest));
      }
    } catch (IOException e) {
      throw Documents.unreadable(names, e);
    }
    return all;
  }

  private Optional<BundleManifest> manifest(String digest) {
    if (!BundleFile.DIGEST.matcher(digest).matches()) {
      return Optional.empty();
    }
    Optional<BundleManifest> here = bundle(bundles.resolve(digest)).map(Bundle::manifest);
    return here.isPresent() ? here : shipped.name(digest).map(name -> shipped.manifests().get(name));
  }

  /** A bundle with the same files. Sizes are compared first: most checkpoints need not be read to be told apart. */
  private Optional<Bundle> known(Checkpoint checkpoint) throws IOException {
    for (Bundle candidate : kept()) {
      SequencedMap<String, Long> sizes = new LinkedHashMap<>();
      candidate.manifest().files().forEach(file -> sizes.put(file.path(), file.bytes()));
      if (sizes.equals(sizes(checkpoint))
          && BundleCopy.digests(checkpoint).equals(candidate.manifest().files())) {
        if (candidate.isWhole()) {
          return Optional.of(candidate);
        }
        delete(candidate.folder());
      }
    }
    return Optional.empty();
  }

  private List<Bundle> kept() throws IOException {
    try (Stream<Path> inside = Files.list(bundles)) {
      return inside.filter(path -> BundleFile.DIGEST.matcher(path.getFileName().toString()).matches())
          .flatMap(path -> bundle(path).stream()).toList();
    }
  }

  private static Optional<Bundle> bundle(Path folder) {
    return Files.exists(folder.resolve(BundleManifest.FILE))
        ? Optional.of(new Bundle(folder, BundleManifest.read(folder.resolve(BundleManifest.FILE))))
        : Optional.empty();
  }

  private Bundle copy(Checkpoint checkpoint) throws IOException {
    boolean workspace = bundles.equals(checkpoint.folder().getParent()) && !BundleFile.DIGEST.matcher(
        checkpoint.folder().getFileName().toString()).matches();
    return made(part -> BundleCopy.copy(checkpoint, part, workspace ? checkpoint.folder() : part));
  }

  /** Brings a bundle's files into an empty folder. */
  private interface Filling {
    BundleManifest fill(Path part) throws IOException;
  }

  /** A bundle of what a filling brings; what it leaves behind is deleted. */
  private Bundle made(Filling filling) throws IOException {
    Path part = Files.createTempDirectory(bundles, ".part-");
    try {
      return settle(part, filling.fill(part));
    } finally {
      delete(part);
    }
  }

  /** A whole bundle to its place. */
  private Bundle settle(Path part, BundleManifest manifest) throws IOException {
    Path folder = bundles.resolve(manifest.digest());
    try {
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Somebody else was faster with the same bundle, which is as good.
      if (!Files.exists(folder.resolve(BundleManifest.FILE))) {
        throw e;
      }
    }
    return new Bundle(folder, manifest);
  }

  /** What imports that were killed have left; those of the last day may still go on. */
  private void deleteLeftovers() throws IOException {
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(bundles, ".part-*")) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).compareTo(yesterday) < 0) {
          delete(part);
        }
      }
    }
  }

  private void name(String name, String digest) throws IOException {
    Files.createDirectories(names);
    Path part = Files.createTempFile(names, ".part-", "");
    Files.write(part, (digest + "\n").getBytes(StandardCharsets.US_ASCII));
    Files.move(part, names.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static SequencedMap<String, Long> sizes(Checkpoint checkpoint) throws IOException {
    SequencedMap<String, Long> sizes = new LinkedHashMap<>();
    for (Path file : checkpoint.files()) {
      sizes.put(BundleCopy.path(checkpoint, file), Files.size(file));
    }
    return sizes;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new RequestFault("'%s' cannot be a bundle's name; give letters, digits, points and hyphens".formatted(
          name.replaceAll("[^\\x20-\\x7e]", "?")));
    }
  }
}
