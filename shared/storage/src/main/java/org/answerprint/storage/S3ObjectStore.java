package org.answerprint.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** {@link ObjectStore} over S3 with conditional writes. Thread-safe. */
public final class S3ObjectStore implements ObjectStore {

  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int CONFLICT_TRIES = 8;

  private final S3Client s3;
  private final long partBytes;
  private final Set<String> knownBuckets = ConcurrentHashMap.newKeySet();

  /** Files above 256 MiB travel in parts of 64 MiB. */
  public S3ObjectStore(StorageSettings settings) {
    this(S3Clients.of(settings), 64L << 20);
  }

  S3ObjectStore(S3Client s3, long partBytes) {
    this.s3 = s3;
    this.partBytes = partBytes;
  }

  @Override
  public Optional<ObjectInfo> head(String bucket, String key) {
    return S3Faults.guard(bucket, key, () -> {
      try {
        HeadObjectResponse head = s3.headObject(r -> r.bucket(bucket).key(key));
        return Optional.of(new ObjectInfo(key, head.contentLength(), unquoted(head.eTag()), version(head.versionId()), head.lastModified()));
      } catch (S3Exception e) {
        if (e.statusCode() == 404) {
          requireBucket(bucket);
          return Optional.empty();
        }
        throw e;
      }
    });
  }

  /** The answer to HEAD has no body, so that a missing bucket looks like a missing object; each bucket is asked for once. */
  private void requireBucket(String bucket) {
    if (!knownBuckets.contains(bucket)) {
      s3.listObjectsV2(r -> r.bucket(bucket).maxKeys(1));
      knownBuckets.add(bucket);
    }
  }

  @Override
  public Optional<byte[]> get(String bucket, String key, int limit) {
    return S3Faults.guard(bucket, key, () -> {
      try (ResponseInputStream<GetObjectResponse> in = s3.getObject(r -> r.bucket(bucket).key(key))) {
        if (in.response().contentLength() > limit) {
          in.abort();
          throw new RequestFault("object " + key + " in bucket " + bucket + " holds " + in.response().contentLength()
              + " bytes; at most " + limit + " are allowed there");
        }
        return Optional.of(in.readAllBytes());
      } catch (NoSuchKeyException e) {
        return Optional.empty();
      } catch (IOException e) {
        throw new TransientFault("reading " + key + " from bucket " + bucket + " broke off: " + e.getMessage(), e);
      }
    });
  }

  @Override
  public int read(String bucket, String key, String tag, long position, byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    GetObjectRequest request = GetObjectRequest.builder().bucket(bucket).key(key).ifMatch(tag)
        .range("bytes=" + position + "-" + (position + length - 1)).build();
    return S3Faults.guard(bucket, key, () -> {
      try (InputStream in = s3.getObject(request)) {
        return in.readNBytes(into, offset, length);
      } catch (NoSuchKeyException e) {
        throw new RequestFault("object " + key + " is gone from bucket " + bucket + "; land it again", e);
      } catch (S3Exception e) {
        return refusedRange(bucket, key, e);
      } catch (IOException e) {
        throw new TransientFault("reading " + key + " from bucket " + bucket + " broke off: " + e.getMessage(), e);
      }
    });
  }

  private static int refusedRange(String bucket, String key, S3Exception e) {
    return switch (e.statusCode()) {
      case 416 -> -1;
      case PRECONDITION_FAILED -> throw new RequestFault(
          "object " + key + " in bucket " + bucket + " was replaced while it was being read; the new version has its own job", e);
      default -> throw e;
    };
  }

  @Override
  public boolean download(String bucket, String key, Path file) {
    return S3Faults.guard(bucket, key, () -> {
      try (InputStream in = s3.getObject(r -> r.bucket(bucket).key(key))) {
        WholeFile.copy(in, file);
        return true;
      } catch (NoSuchKeyException e) {
        return false;
      } catch (IOException e) {
        throw new TransientFault("copying " + key + " from bucket " + bucket + " broke off: " + e.getMessage(), e);
      }
    });
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] bytes, String contentType) {
    return conditional(bucket, key, () -> s3.putObject(onlyNew(bucket, key, contentType), RequestBody.fromBytes(bytes)));
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, Path file, String contentType) {
    if (head(bucket, key).isPresent()) {
      return false;
    }
    long size = sizeOf(file);
    return size > 4 * partBytes
        ? putParts(bucket, key, file, size, contentType)
        : conditional(bucket, key, () -> s3.putObject(onlyNew(bucket, key, contentType), RequestBody.fromFile(file)));
  }

  private static PutObjectRequest onlyNew(String bucket, String key, String contentType) {
    return PutObjectRequest.builder().bucket(bucket).key(key).contentType(contentType).ifNoneMatch("*").build();
  }

  private boolean putParts(String bucket, String key, Path file, long size, String contentType) {
    String upload = S3Faults.guard(bucket, key,
        () -> s3.createMultipartUpload(r -> r.bucket(bucket).key(key).contentType(contentType)).uploadId());
    try {
      List<CompletedPart> parts = uploadParts(bucket, key, file, size, upload);
      boolean won = conditional(bucket, key, () -> s3.completeMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(upload)
          .ifNoneMatch("*").multipartUpload(m -> m.parts(parts))));
      if (!won) {
        abort(bucket, key, upload);
        requireObject(bucket, key);
      }
      return won;
    } catch (RuntimeException e) {
      abort(bucket, key, upload);
      throw e;
    }
  }

  /** An upload can also be lost because somebody removed its parts; then nobody wrote the object. */
  private void requireObject(String bucket, String key) {
    if (head(bucket, key).isEmpty()) {
      throw new TransientFault("the parts of " + key + " vanished from bucket " + bucket + " before they were joined");
    }
  }

  private List<CompletedPart> uploadParts(String bucket, String key, Path file, long size, String upload) {
    List<CompletedPart> parts = new ArrayList<>();
    for (long at = 0; at < size; at += partBytes) {
      long start = at;
      long length = Math.min(partBytes, size - at);
      int number = parts.size() + 1;
      String tag = S3Faults.guard(bucket, key, () -> s3.uploadPart(
          r -> r.bucket(bucket).key(key).uploadId(upload).partNumber(number),
          RequestBody.fromContentProvider(() -> FileSlice.open(file, start, length), length, "application/octet-stream")).eTag());
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    return parts;
  }

  private void abort(String bucket, String key, String upload) {
    try {
      s3.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(upload));
    } catch (S3Exception | SdkClientException e) {
      // The bucket's lifecycle rule removes what is left of it.
      System.getLogger(S3ObjectStore.class.getName()).log(System.Logger.Level.DEBUG, "an upload could not be aborted", e);
    }
  }

  @Override
  public boolean replace(String bucket, String key, Optional<String> expectedTag, byte[] bytes, String contentType) {
    return conditional(bucket, key, () -> s3.putObject(r -> {
      r.bucket(bucket).key(key).contentType(contentType);
      expectedTag.ifPresentOrElse(r::ifMatch, () -> r.ifNoneMatch("*"));
    }, RequestBody.fromBytes(bytes)));
  }

  @Override
  public void put(String bucket, String key, byte[] bytes, String contentType) {
    S3Faults.guard(bucket, key, () -> s3.putObject(r -> r.bucket(bucket).key(key).contentType(contentType), RequestBody.fromBytes(bytes)));
  }

  /** 412 is a lost race; 409 is a concurrent write that may still fail, so it is asked again. */
  private static boolean conditional(String bucket, String key, Runnable write) {
    for (int tries = 1; ; tries++) {
      try {
        write.run();
        return true;
      } catch (S3Exception e) {
        if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == 404) {
          return lost(bucket, key, e);
        }
        if (e.statusCode() != CONFLICT || tries == CONFLICT_TRIES) {
          throw S3Faults.of(bucket, key, e);
        }
      } catch (SdkClientException e) {
        throw S3Faults.of(bucket, key, e);
      }
    }
  }

  /** 404 answers If-Match on an object that is gone; a bucket that does not exist is another matter. */
  private static boolean lost(String bucket, String key, S3Exception e) {
    if (S3Faults.isMissingBucket(e)) {
      throw S3Faults.of(bucket, key, e);
    }
    return false;
  }

  @Override
  public void list(String bucket, String prefix, Consumer<ObjectInfo> each) {
    S3Faults.guard(bucket, prefix, () -> {
      s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().forEach(o -> each.accept(
          new ObjectInfo(o.key(), o.size(), unquoted(o.eTag()), Optional.empty(), o.lastModified())));
      return true;
    });
  }

  @Override
  public void delete(String bucket, String key) {
    S3Faults.guard(bucket, key, () -> s3.deleteObject(r -> r.bucket(bucket).key(key)));
  }

  @Override
  public void close() {
    s3.close();
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> version(String id) {
    return Optional.ofNullable(id).filter(v -> !v.equals("null"));
  }

  private static String unquoted(String tag) {
    return tag == null ? "" : tag.replace("\"", "");
  }
}
