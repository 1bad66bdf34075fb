package org.answerprint.stack;

import java.net.URI;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/** The running S3 server. */
final class ObjectStore implements Child.Service {
  private final ObjectStoreSettings settings;
  private final DataFolder folder;
  private final Optional<NotificationSender> sender;
  private final S3Proxy server;

  private ObjectStore(
      ObjectStoreSettings settings, DataFolder folder, Optional<NotificationSender> sender, S3Proxy server) {
    this.settings = settings;
    this.folder = folder;
    this.sender = sender;
    this.server = server;
  }

  /** Starts the server and creates the buckets that are missing. */
  static ObjectStore start(ObjectStoreSettings settings, DataFolder folder) throws Exception {
    OldLayout.bringUpToDate(folder.path());
    BlobStore files = new AnyKeys(AtomicBlobStore.open(folder.part("buckets"), folder.part("staging")));
    for (String bucket : settings.buckets()) {
      if (!files.containerExists(bucket)) {
        files.createContainer(bucket);
      }
    }
    Optional<NotificationSender> sender = settings.notifications().map(NotificationSender::new);
    BlobStore store = sender
        .<BlobStore>map(to -> new EventingBlobStore(files, settings, to))
        .orElse(files);
    S3Proxy server = S3Proxy.builder()
        .blobStore(store)
        .endpoint(URI.create("http://127.0.0.1:" + settings.port()))
        .awsAuthentication(AuthenticationType.AWS_V4, settings.accessKey(), settings.secretKey())
        .ignoreUnknownHeaders(true)
        // a signed body that is not chunked is held in memory while its digest is checked
        .v4MaxNonChunkedRequestSize(64L * 1024 * 1024)
        .jettyMaxThreads(64)
        .stopTimeout(1_000)
        .build();
    WholeRequests.readBy(server);
    server.start();
    return new ObjectStore(settings, folder, sender, server);
  }

  @Override
  public String ready() {
    return "\"port\":" + settings.port();
  }

  @Override
  public void stop() throws Exception {
    server.stop();
    sender.ifPresent(NotificationSender::close);
    folder.close();
  }
}
