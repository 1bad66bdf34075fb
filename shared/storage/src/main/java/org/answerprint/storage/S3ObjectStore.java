package org.answerprint.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** {@link ObjectStore} over S3 with conditional writes. Thread-safe. */
public final class S3ObjectStore implements ObjectStore {

  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final S3Client s3;
  private final long partBytes;
  private final Patience patience;
  private final Body.Pace pace;
  private final Set<String> knownBuckets = ConcurrentHashMap.newKeySet();

  /** Files above 256 MiB travel in parts of 64 MiB. */
  public S3ObjectStore(StorageSettings settings) {
    this(S3Clients.of(settings), 64L << 20, settings.patience(), Body.Pace.SLOWEST);
  }

  S3ObjectStore(S3Client s3, long partBytes, Duration patience, Body.Pace pace) {
    this.s3 = s3;
    this.partBytes = partBytes;
    this.patience = new Patience(patience);
    this.pace = pace;
  }

  /** One call, tried again while the store is unwell. */
  private <T> T call(String bucket, String key, Supplier<T> call) {
    return patience.of(() -> S3Faults.guard(bucket, key, call));
  }

  @Override
  public Optional<ObjectInfo> head(String bucket, String key) {
    return call(bucket, key, () -> {
      try {
        HeadObjectResponse head = s3.headObject(r -> r.bucket(bucket).key(key));
        requireWhole(bucket, key, head.contentLength(), head.lastModified());
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

  /** An answer may be cut in its head, which the HTTP client takes for all there was to say. */
  private static void requireWhole(String bucket, String key, Object... said) {
    if (Arrays.asList(said).contains(null)) {
      throw brokeOff(bucket, key, new IOException("the line was cut in the head of the answer"));
    }
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
    return call(bucket, key, () -> {
      try {
        return Optional.of(body(GetObjectRequest.builder().bucket(bucket).key(key).build(), (head, in) -> {
          if (head.contentLength() > limit) {
            throw new RequestFault("object " + key + " in bucket " + bucket + " holds " + head.contentLength()
                + " bytes; at most " + limit + " are allowed there");
          }
          byte[] bytes = new byte[head.contentLength().intValue()];
          in.fill(bytes);
          return bytes;
        }));
      } catch (NoSuchKeyException e) {
        return Optional.empty();
      } catch (IOException e) {
        throw brokeOff(bucket, key, e);
      }
    });
  }

  /** What is done with a body. */
  private interface Use<T> {
    T of(GetObjectResponse head, Body body) throws IOException;
  }

  /** A connection whose body was not read to its end is not used again: what is left of it may never come. */
  private <T> T body(GetObjectRequest request, Use<T> use) throws IOException {
    ResponseInputStream<GetObjectResponse> in = s3.getObject(request);
    try {
      requireWhole(request.bucket(), request.key(), in.response().contentLength(), in.response().eTag());
      T result = use.of(in.response(), new Body(in, in.response().contentLength(), pace));
      in.close();
      return result;
    } catch (IOException | RuntimeException e) {
      in.abort();
      throw e;
    }
  }

  private static TransientFault brokeOff(String bucket, String key, IOException e) {
    return new TransientFault("reading " + key + " from bucket " + bucket + " broke off (" + e.getMessage()
        + "); check the line to the store", e);
  }

  /** What has come before the line breaks is kept, and the next try asks for the rest of the same version. */
  @Override
  public int read(String bucket, String key, String tag, long position, byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int[] filled = {0};
    return call(bucket, key, () -> {
      GetObjectRequest rest = GetObjectRequest.builder().bucket(bucket).key(key).ifMatch(tag)
          .range("bytes=" + (position + filled[0]) + "-" + (position + length - 1)).build();
      try {
        return body(rest, (head, in) -> {
          for (int n; filled[0] < length && (n = in.read(into, offset + filled[0], length - filled[0])) > 0; ) {
            filled[0] += n;
          }
          return filled[0];
        });
      } catch (NoSuchKeyException e) {
        throw gone(bucket, key, e);
      } catch (S3Exception e) {
        if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
          return filled[0] == 0 ? -1 : filled[0];
        }
        throw e.statusCode() == PRECONDITION_FAILED ? replaced(bucket, key, e) : e;
      } catch (IOException e) {
        throw brokeOff(bucket, key, e);
      }
    });
  }

  private static RequestFault gone(String bucket, String key, S3Exception e) {
    return new RequestFault("object " + key + " is gone from bucket " + bucket + "; land it again", e);
  }

  private static RequestFault replaced(String bucket, String key, S3Exception e) {
    return new RequestFault(
        "object " + key + " in bucket " + bucket + " was replaced while it was being read; the new version has its own job", e);
  }

  @Override
  public boolean download(String bucket, String key, Path file) {
    try {
      return WholeFile.write(file, out -> {
        Download download = new Download(bucket, key, out);
        return call(bucket, key, download::go);
      });
    } catch (IOException e) {
      throw new TransientFault("the copy of " + key + " from bucket " + bucket + " cannot be kept in " + file + ": "
          + e.getMessage() + "; make room there", e);
    }
  }

  /** One object on its way into a file; a try after the first asks for the rest of the version that was begun. */
  private final class Download {

    private static final int CHUNK_BYTES = 64 * 1024;

    private final String bucket;
    private final String key;
    private final OutputStream out;
    private Optional<String> tag = Optional.empty();
    private long size;
    private long written;

    Download(String bucket, String key, OutputStream out) {
      this.bucket = bucket;
      this.key = key;
      this.out = out;
    }

    /** False where there is no such object. */
    boolean go() {
      if (tag.isPresent() && written == size) {
        return true;
      }
      try {
        return body(request(), (head, in) -> {
          if (tag.isEmpty()) {
            tag = Optional.of(head.eTag());
            size = head.contentLength();
          }
          copy(in);
          return true;
        });
      } catch (NoSuchKeyException e) {
        if (tag.isPresent()) {
          throw gone(bucket, key, e);
        }
        return false;
      } catch (S3Exception e) {
        throw e.statusCode() == PRECONDITION_FAILED ? replaced(bucket, key, e) : e;
      } catch (IOException e) {
        throw brokeOff(bucket, key, e);
      }
    }

    private GetObjectRequest request() {
      GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket).key(key);
      tag.ifPresent(pinned -> request.ifMatch(pinned).range("bytes=" + written + "-"));
      return request.build();
    }

    private void copy(Body body) throws IOException {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int n; (n = body.read(chunk, 0, chunk.length)) > 0; written += n) {
        try {
          out.write(chunk, 0, n);
        } catch (IOException e) {
          // a full disk is no trouble of the line: it is told as it is
          throw new UncheckedIOException(e);
        }
      }
    }
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
    String upload = call(bucket, key,
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
      String tag = call(bucket, key, () -> s3.uploadPart(
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
    call(bucket, key, () -> s3.putObject(r -> r.bucket(bucket).key(key).contentType(contentType), RequestBody.fromBytes(bytes)));
  }

  /** 412 is a lost race; 409 is a concurrent write that may still fail, so it is asked again like any trouble. */
  private boolean conditional(String bucket, String key, Runnable write) {
    return call(bucket, key, () -> {
      try {
        write.run();
        return true;
      } catch (S3Exception e) {
        // 404 answers If-Match on an object that is gone; a bucket that does not exist is another matter
        if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == 404 && !S3Faults.isMissingBucket(e)) {
          return false;
        }
        throw e;
      }
    });
  }

  /** Page by page, so that what was handed out already is not handed out again after trouble. */
  @Override
  public void list(String bucket, String prefix, Consumer<ObjectInfo> each) {
    Optional<String> next = Optional.empty();
    do {
      Optional<String> from = next;
      ListObjectsV2Response page = call(bucket, prefix,
          () -> s3.listObjectsV2(r -> r.bucket(bucket).prefix(prefix).continuationToken(from.orElse(null))));
      page.contents().forEach(o -> each.accept(
          new ObjectInfo(o.key(), o.size(), unquoted(o.eTag()), Optional.empty(), o.lastModified())));
      next = Optional.ofNullable(page.nextContinuationToken());
    } while (next.isPresent());
  }

  @Override
  public void delete(String bucket, String key) {
    call(bucket, key, () -> s3.deleteObject(r -> r.bucket(bucket).key(key)));
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
