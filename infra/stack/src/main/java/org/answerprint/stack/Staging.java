package org.answerprint.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Where uploads are received, out of sight of readers and listings. Thread-safe. */
final class Staging {
  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
  private static final String BUCKET = "uploads";

  private final FilesystemNio2BlobStore store;
  private final Path folder;

  private Staging(FilesystemNio2BlobStore store, Path folder) {
    this.store = store;
    this.folder = folder;
  }

  /** Opens the folder and empties it. */
  static Staging open(Path root) throws IOException {
    Path folder = Files.createDirectories(root.resolve(BUCKET));
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder)) {
      for (Path leftover : leftovers) {
        Files.delete(leftover);
      }
    }
    return new Staging(new FilesystemNio2BlobStore(root.toString()), folder);
  }

  /** Receives a whole upload; its conditions are left to the caller, who must close what is returned. */
  Upload receive(PutObjectRequest request, InputStream payload) {
    String name = UUID.randomUUID().toString();
    PutObjectRequest staged =
        request.toBuilder().bucket(BUCKET).key(name).ifMatch(null).ifNoneMatch(null).build();
    return new Upload(folder.resolve(name), store.putBlob(staged, payload));
  }

  /**
   * An upload that has been received; closing removes it unless it was moved away.
   *
   * @param file its bytes and attributes
   * @param response what the client is told once it is published
   */
  record Upload(Path file, PutObjectResponse response) implements AutoCloseable {
    @Override
    public void close() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.warn("The refused upload {} could not be removed; the next start removes it", file, e);
      }
    }
  }
}
