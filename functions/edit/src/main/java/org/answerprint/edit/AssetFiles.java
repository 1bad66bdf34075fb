package org.answerprint.edit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.stage.Scratch;
import org.answerprint.storage.ObjectInfo;
import org.answerprint.storage.ObjectStore;

/** Local copies of the objects that a recipe's options name, in the versions that ingest pinned. */
final class AssetFiles {

  private AssetFiles() {}

  static Map<String, Path> fetch(ObjectStore store, String bucket, List<String> keys, Map<String, String> tags, Scratch scratch) {
    Map<String, Path> files = new HashMap<>();
    for (String key : keys) {
      files.put(key, copy(store, bucket, key, tags.getOrDefault(key, ""), scratch.file("asset-" + files.size() + ".cube")));
    }
    return files;
  }

  private static Path copy(ObjectStore store, String bucket, String key, String tag, Path file) {
    ObjectInfo info = store.head(bucket, key).orElseThrow(() -> new RequestFault("the look-up table " + key + " is gone; land it again"));
    byte[] bytes = new byte[Math.toIntExact(info.size())];
    int filled = 0;
    for (int n; filled < bytes.length && (n = store.read(bucket, key, tag, filled, bytes, filled, bytes.length - filled)) > 0; ) {
      filled += n;
    }
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new TransientFault("the look-up table " + key + " cannot be kept in " + file.getParent() + ": " + e.getMessage(), e);
    }
  }
}
