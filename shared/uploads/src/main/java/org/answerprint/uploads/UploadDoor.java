package org.answerprint.uploads;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.storage.StorageSettings;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/**
 * Signs uploads into the bucket {@code in}. Nothing is asked of the store for it: the signature is made here, and the store checks it,
 * with the size, when the upload comes. Thread-safe; whoever made it closes it.
 */
public final class UploadDoor implements AutoCloseable {

  private final S3Presigner presigner;
  private final String bucket;
  private final UploadRules rules;

  /** A door with these keys, or with those of the AWS default chain. */
  public UploadDoor(StorageSettings settings, UploadRules rules) {
    S3Presigner.Builder builder = S3Presigner.builder().region(Region.of(settings.region())).credentialsProvider(settings.keys())
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(settings.endpoint().isPresent()).build());
    settings.endpoint().ifPresent(builder::endpointOverride);
    this.presigner = builder.build();
    this.bucket = settings.buckets().in();
    this.rules = rules;
  }

  /**
   * Signs one upload: of this key, of exactly so many bytes, for a few minutes, and once where it must not replace anything.
   *
   * @throws RequestFault where the key, the size or the time is none that uploads are signed for
   * @throws TransientFault where there are no keys to sign with
   */
  public SignedUpload sign(UploadWish wish) {
    UploadKey.require(wish.key());
    if (wish.bytes() < 1 || wish.bytes() > rules.mostBytes()) {
      throw new RequestFault("an upload of " + wish.bytes() + " bytes is not taken; say how many bytes the file has, 1 to " + rules.mostBytes());
    }
    Duration lifetime = wish.lifetime().orElse(rules.lifetime());
    if (!lifetime.isPositive() || lifetime.compareTo(rules.lifetime()) > 0) {
      throw new RequestFault("an upload is signed for 1 to " + rules.lifetime().toSeconds() + " seconds, not " + lifetime.toSeconds());
    }
    PutObjectRequest.Builder put = PutObjectRequest.builder().bucket(bucket).key(wish.key()).contentLength(wish.bytes());
    PutObjectRequest request = wish.replace() ? put.build() : put.ifNoneMatch("*").build();
    try {
      PresignedPutObjectRequest signed = presigner.presignPutObject(b -> b.signatureDuration(lifetime).putObjectRequest(request));
      return new SignedUpload("PUT", URI.create(signed.url().toString()), headers(signed), signed.expiration());
    } catch (SdkClientException e) {
      throw new TransientFault("there are no keys to sign uploads with (" + e.getMessage() + "); give ANSWERPRINT_ACCESS_KEY and"
          + " ANSWERPRINT_SECRET_KEY, or a role", e);
    }
  }

  /** The host is in the address. */
  private static SortedMap<String, String> headers(PresignedPutObjectRequest signed) {
    SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, List<String>> header : signed.signedHeaders().entrySet()) {
      headers.put(header.getKey(), header.getValue().getFirst());
    }
    headers.remove("host");
    return headers;
  }

  @Override
  public void close() {
    presigner.close();
  }
}
