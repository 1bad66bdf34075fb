package org.answerprint.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.SdkResponses;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Lets clients use every key that S3 takes, up to 1024 bytes and but for control characters: outside are keys, inside are the paths of
 * {@link KeyPaths}. Thread-safe.
 */
final class AnyKeys extends ForwardingBlobStore {

  private static final int KEY_BYTES = 1024;
  private static final Pattern PART = Pattern.compile("(?s)(\\.mpus-[0-9a-f-]{36}-)(.*)(-\\d+)");

  private final AtomicBlobStore store;

  AnyKeys(AtomicBlobStore store) {
    super(store);
    this.store = store;
  }

  private static String path(String key) {
    Matcher part = PART.matcher(key);
    if (part.matches()) {
      // the server itself reads parts back under the name that it gave them, to add their checksums up
      return part.group(1) + path(part.group(2)) + part.group(3);
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES) {
      throw S3Exceptions.invalidArgument("A key is at most " + KEY_BYTES + " bytes long.");
    }
    if (!key.codePoints().allMatch(AnyKeys::canBeTold)) {
      throw S3Exceptions.invalidArgument("This server takes no control characters in keys: its answers are XML.");
    }
    return KeyPaths.pathOf(key);
  }

  private static boolean canBeTold(int point) {
    return point >= ' ' && point != 0x7f && !(point >= 0xd800 && point < 0xe000) && (point & 0xfffe) != 0xfffe;
  }

  /** An upload's id becomes a part of a file's name, and is ours only if it has this form. */
  private static MultipartUpload inside(MultipartUpload upload) {
    if (!upload.id().matches("[0-9a-f-]{36}")) {
      throw S3Exceptions.fromStatusCode(404);
    }
    CreateMultipartUploadRequest request = upload.request().toBuilder().key(path(upload.blobName())).build();
    return new MultipartUpload(upload.id(), request, upload.response());
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    String delimiter = Objects.requireNonNullElse(request.delimiter(), "");
    if (!delimiter.isEmpty() && !delimiter.equals("/")) {
      throw S3Exceptions.invalidArgument("The only delimiter that this server knows is '/'.");
    }
    if (!containerExists(request.bucket())) {
      throw S3Exceptions.noSuchBucket(request.bucket(), "while listing");
    }
    String after = Optional.ofNullable(request.continuationToken()).or(() -> Optional.ofNullable(request.startAfter())).orElse("");
    int limit = Objects.requireNonNullElse(request.maxKeys(), Integer.MAX_VALUE - 1);
    try {
      Listing.Page page = store.page(request.bucket(),
          new Listing.Query(Objects.requireNonNullElse(request.prefix(), ""), !delimiter.isEmpty(), after, limit));
      return answer(request.bucket(), page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ListObjectsV2Response answer(String bucket, Listing.Page page) {
    List<S3Object> objects = new ArrayList<>();
    List<CommonPrefix> prefixes = new ArrayList<>();
    for (Listing.Name name : page.names()) {
      if (name.rolledUp()) {
        prefixes.add(SdkResponses.commonPrefix(name.text()));
      } else {
        // one that was deleted since it was seen does not appear
        Optional.ofNullable(blobMetadataIfPresent(bucket, name.text())).ifPresent(head -> objects.add(SdkResponses.objectEntry(
            name.text(), head.eTag(), head.lastModified(), head.contentLength(), null)));
      }
    }
    Optional<String> next = page.more() ? Optional.of(page.names().getLast().text()) : Optional.empty();
    return SdkResponses.objectsPage(objects, prefixes, next.orElse(null));
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    requireNotReserved(request.key());
    return FullDisk.told(() -> super.putBlob(request.toBuilder().key(path(request.key())).build(), payload));
  }

  private static void requireNotReserved(String key) {
    if (key.startsWith(".mpus-")) {
      throw S3Exceptions.invalidArgument("Keys that begin with .mpus- are this server's own.");
    }
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    requireNotReserved(request.destinationKey());
    return FullDisk.told(() -> super.copyBlob(request.toBuilder()
        .sourceKey(path(request.sourceKey())).destinationKey(path(request.destinationKey())).build()));
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    return super.blobMetadata(request.toBuilder().key(path(request.key())).build());
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    return super.getBlob(request.toBuilder().key(path(request.key())).build());
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    return super.removeBlob(request.toBuilder().key(path(request.key())).build());
  }

  @Override
  public boolean blobExists(String bucket, String key) {
    return super.blobExists(bucket, path(key));
  }

  @Override
  public ObjectCannedACL getBlobAccess(String bucket, String key) {
    return super.getBlobAccess(bucket, path(key));
  }

  @Override
  public GetObjectAclResponse getBlobAcl(GetObjectAclRequest request) {
    return super.getBlobAcl(request.toBuilder().key(path(request.key())).build());
  }

  @Override
  public void setBlobAccess(String bucket, String key, ObjectCannedACL access) {
    super.setBlobAccess(bucket, path(key), access);
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    requireNotReserved(request.key());
    MultipartUpload begun = super.initiateMultipartUpload(request.toBuilder().key(path(request.key())).build());
    return new MultipartUpload(begun.id(), request, begun.response());
  }

  @Override
  public void abortMultipartUpload(MultipartUpload upload) {
    super.abortMultipartUpload(inside(upload));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(MultipartUpload upload, CompleteMultipartUploadRequest request) {
    MultipartUpload inside = inside(upload);
    return FullDisk.told(() -> super.completeMultipartUpload(inside, request.toBuilder().key(inside.blobName()).build()));
  }

  @Override
  public UploadPartResponse uploadMultipartPart(MultipartUpload upload, UploadPartRequest request, InputStream payload) {
    MultipartUpload inside = inside(upload);
    return FullDisk.told(() -> super.uploadMultipartPart(inside, request.toBuilder().key(inside.blobName()).build(), payload));
  }

  @Override
  public List<Part> listMultipartUpload(MultipartUpload upload) {
    return super.listMultipartUpload(inside(upload));
  }

  @Override
  public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(String bucket) {
    return super.listMultipartUploads(bucket).stream()
        .flatMap(upload -> KeyPaths.keyOf(upload.key()).stream().map(key -> upload.toBuilder().key(key).build())).toList();
  }
}
