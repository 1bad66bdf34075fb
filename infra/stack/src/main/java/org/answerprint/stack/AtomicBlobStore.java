package org.answerprint.stack;

import com.google.common.util.concurrent.Striped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * A file-system store with S3's promises: an object appears whole or not at all, conditions are checked in the same
 * step as the write, readers get the bytes that belong to the tag they are told, listings show finished objects only,
 * and no symbolic link is followed. Its keys are the paths of {@link KeyPaths}. Holds while one process uses the folder, which {@link DataFolder} sees to. Thread-safe.
 */
final class AtomicBlobStore extends ForwardingBlobStore {
  private static final int READ_TRIES = 1_000;

  private final ObjectFiles files;
  private final Staging staging;
  private final Joining joining;
  private final Striped<Lock> locks = Striped.lazyWeakLock(1 << 20);

  private AtomicBlobStore(FilesystemNio2BlobStore objects, ObjectFiles files, Staging staging, Joining joining) {
    super(objects);
    this.files = files;
    this.staging = staging;
    this.joining = joining;
  }

  /** Opens the store and removes what an earlier process left unfinished; both folders are on one file system. */
  static AtomicBlobStore open(Path buckets, Path staging) throws IOException {
    ObjectFiles files = new ObjectFiles(buckets);
    return new AtomicBlobStore(
        new FilesystemNio2BlobStore(buckets.toString()),
        files,
        Staging.open(staging.resolve("uploads")),
        Joining.open(staging.resolve("joins"), files));
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    Path target = files.resolve(request.bucket(), request.key());
    if (!containerExists(request.bucket())) {
      throw S3Exceptions.noSuchBucket(request.bucket(), "while putting");
    }
    try (Staging.Upload upload = staging.receive(request, payload)) {
      return locked(request.bucket(), request.key(), () -> {
        requireConditions(request.bucket(), request.key(), request.ifMatch(), request.ifNoneMatch());
        files.publish(upload.file(), target);
        return upload.response();
      });
    }
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    String bucket = request.destinationBucket();
    String key = request.destinationKey();
    files.resolve(bucket, key);
    files.resolve(request.sourceBucket(), request.sourceKey());
    return locked(bucket, key, () -> {
      requireConditions(bucket, key, request.ifMatch(), request.ifNoneMatch());
      return joining.during(bucket, key, () -> super.copyBlob(request));
    });
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    String bucket = upload.containerName();
    String key = upload.blobName();
    files.resolve(bucket, key);
    return locked(bucket, key, () -> {
      requireConditions(bucket, key, request.ifMatch(), request.ifNoneMatch());
      return joining.during(bucket, key, () -> super.completeMultipartUpload(upload, request));
    });
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    files.resolve(request.bucket(), request.key());
    return locked(request.bucket(), request.key(), () -> super.removeBlob(request));
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    files.resolve(request.bucket(), request.key());
    HeadObjectResponse before = super.blobMetadata(request);
    for (int i = 0; i < READ_TRIES; i++) {
      HeadObjectResponse after = super.blobMetadata(request);
      if (Version.of(before).equals(Version.of(after))) {
        return after;
      }
      before = after;
    }
    throw busy(request.key());
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    files.resolve(request.bucket(), request.key());
    HeadObjectRequest head = HeadObjectRequest.builder().bucket(request.bucket()).key(request.key()).build();
    for (int i = 0; i < READ_TRIES; i++) {
      ResponseInputStream<GetObjectResponse> read = super.getBlob(request);
      if (read == null || Version.of(read.response()).equals(current(head))) {
        return read;
      }
      // overwritten between reading the tag and opening the file: what is open may be of another version
      read.abort();
    }
    throw busy(request.key());
  }

  /** A page of finished objects. */
  Listing.Page page(String bucket, Listing.Query query) throws IOException {
    return Listing.page(files.folder(bucket), query, path -> joining.isHalfMade(bucket, path));
  }

  private Optional<Version> currentVersion(HeadObjectRequest head) {
    return Optional.ofNullable(blobMetadataIfPresent(head.bucket(), head.key())).map(Version::of);
  }

  private Version current(HeadObjectRequest head) {
    return currentVersion(head).orElse(Version.NONE);
  }

  private void requireConditions(String bucket, String key, String ifMatch, String ifNoneMatch) {
    if (ifMatch == null && ifNoneMatch == null) {
      return;
    }
    Optional<Version> now = currentVersion(HeadObjectRequest.builder().bucket(bucket).key(key).build());
    if (ifMatch != null && now.isEmpty()) {
      throw S3Exceptions.noSuchKey(bucket, key, "while checking If-Match");
    }
    if (ifMatch != null && !now.orElseThrow().matches(ifMatch)) {
      throw S3Exceptions.preconditionFailed(null);
    }
    if (ifNoneMatch != null && now.filter(version -> version.matches(ifNoneMatch)).isPresent()) {
      throw S3Exceptions.preconditionFailed(null);
    }
  }

  private <T> T locked(String bucket, String key, Supplier<T> action) {
    Lock lock = locks.get(bucket + "/" + key);
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private static RuntimeException busy(String key) {
    return S3Exceptions.fromStatusCode(503, new UncheckedIOException(
        new IOException("The object " + key + " is overwritten faster than it can be read.")));
  }

  /** What tells one version of an object from the next. */
  private record Version(String eTag, long modifiedMillis) {
    private static final Version NONE = new Version("none-" + UUID.randomUUID(), 0);

    static Version of(HeadObjectResponse head) {
      return new Version(bare(head.eTag()), head.lastModified().toEpochMilli());
    }

    static Version of(GetObjectResponse response) {
      return new Version(bare(response.eTag()), response.lastModified().toEpochMilli());
    }

    boolean matches(String condition) {
      return condition.equals("*") || bare(condition).equals(eTag);
    }

    private static String bare(String eTag) {
      return Objects.requireNonNullElse(eTag, "").replace("\"", "");
    }
  }
}
