package org.answerprint.stack;

import java.io.InputStream;
import org.answerprint.stack.Notification.Cause;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Announces every object that appears in one bucket, after it can be read. An announcement that fails is logged and
 * never fails the upload. Thread-safe.
 */
final class EventingBlobStore extends ForwardingBlobStore {
  private static final Logger LOG = LoggerFactory.getLogger(EventingBlobStore.class);
  /** The server's own bookkeeping of multipart uploads, which it stores beside the objects. */
  private static final String BOOKKEEPING = ".s3proxy-mpu-stub-";

  private final ObjectStoreSettings settings;
  private final String bucket;
  private final NotificationSender sender;

  EventingBlobStore(BlobStore objects, ObjectStoreSettings settings, NotificationSender sender) {
    super(objects);
    this.settings = settings;
    this.bucket = settings.notifications().orElseThrow().bucket();
    this.sender = sender;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    PutObjectResponse response = super.putBlob(request, payload);
    announce(Cause.PUT, request.bucket(), request.key());
    return response;
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    CopyObjectResponse response = super.copyBlob(request);
    announce(Cause.COPY, request.destinationBucket(), request.destinationKey());
    return response;
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
    announce(Cause.COMPLETE_MULTIPART_UPLOAD, upload.containerName(), upload.blobName());
    return response;
  }

  private void announce(Cause cause, String into, String key) {
    if (!into.equals(bucket) || key.startsWith(BOOKKEEPING)) {
      return;
    }
    try {
      var head = blobMetadata(HeadObjectRequest.builder().bucket(bucket).key(key).build());
      sender.send(new Notification(cause, settings.region(), bucket, key, head.contentLength(), head.eTag()));
    } catch (RuntimeException e) {
      LOG.error("The upload of {} succeeded but could not be announced; the sweep will find it", key, e);
    }
  }
}
