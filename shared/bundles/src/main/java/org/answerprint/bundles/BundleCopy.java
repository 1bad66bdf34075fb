package org.answerprint.bundles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.answerprint.faults.RequestFault;

/** Brings a checkpoint's files into a bundle, and takes their digests on the way. */
final class BundleCopy {

  private BundleCopy() {}

  /**
   * Makes a bundle in an empty folder, {@code bundle.json} last.
   *
   * @param owned the cache's own: files that lie in it, and are not linked into it, become the bundle's without a copy
   */
  static BundleManifest copy(Checkpoint checkpoint, Path target, Path owned) throws IOException {
    List<BundleFile> files = new ArrayList<>();
    for (Path file : checkpoint.files()) {
      files.add(take(file, path(checkpoint, file), target, owned));
    }
    BundleManifest manifest =
        new BundleManifest(BundleManifest.SCHEMA, checkpoint.licence(), components(checkpoint), files);
    Files.write(target.resolve(BundleManifest.FILE), manifest.json(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    return manifest;
  }

  private static BundleFile take(Path file, String path, Path target, Path owned) throws IOException {
    Path copy = target.resolve(path);
    Files.createDirectories(copy.getParent());
    if (file.toRealPath().startsWith(owned.toRealPath())) {
      Files.createLink(copy, file.toRealPath());
      return new BundleFile(path, Files.size(copy), Digests.ofFile(copy));
    }
    FileTime changed = Files.getLastModifiedTime(file);
    String digest = Digests.ofCopy(file, copy);
    if (!Files.getLastModifiedTime(file).equals(changed) || Files.size(file) != Files.size(copy)) {
      throw new RequestFault(file + " changed while it was imported; import it again");
    }
    return new BundleFile(path, Files.size(copy), digest);
  }

  /** All files and their digests, in order of their paths. */
  static List<BundleFile> digests(Checkpoint checkpoint) throws IOException {
    List<BundleFile> files = new ArrayList<>();
    for (Path file : checkpoint.files()) {
      files.add(new BundleFile(path(checkpoint, file), Files.size(file), Digests.ofFile(file)));
    }
    files.sort(Comparator.comparing(BundleFile::path));
    return files;
  }

  /** A file's path below the checkpoint's folder, with slashes. */
  static String path(Checkpoint checkpoint, Path file) {
    return checkpoint.folder().relativize(file).toString().replace('\\', '/');
  }

  private static SequencedMap<String, BundleComponent> components(Checkpoint checkpoint) {
    SequencedMap<String, BundleComponent> components = new LinkedHashMap<>();
    for (Component component : checkpoint.components()) {
      components.put(component.name(), new BundleComponent(component.kind(), path(checkpoint, component.weights()),
          checkpoint.facts().get(component.name()).portedLayers()));
    }
    return components;
  }
}
