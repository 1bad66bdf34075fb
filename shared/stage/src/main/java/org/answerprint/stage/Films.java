package org.answerprint.stage;

import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.CachedBytes;
import org.answerprint.media.ByteSource;
import org.answerprint.media.Limits;
import org.answerprint.media.VideoFile;
import org.answerprint.media.sandbox.SandboxedVideo;
import org.answerprint.storage.ObjectStore;

/** Opens uploads, each in a child process of its own that has no credentials and no sockets. Thread-safe. */
public final class Films {

  private final ObjectStore store;
  private final Limits limits;

  public Films(ObjectStore store, Limits limits) {
    this.store = store;
    this.limits = limits;
  }

  /** The upload's film; the caller closes it. */
  public VideoFile open(SourceFilm source) {
    return open(source.object().bucket(), source.object().key(), source.tag(), source.object().size(), source.still());
  }

  /**
   * Opens an object that was not looked at before.
   *
   * @throws org.answerprint.faults.RequestFault where it is no film that can be edited
   */
  public VideoFile open(String bucket, String key, String tag, long size, boolean still) {
    return SandboxedVideo.open(bytes(bucket, key, tag, size), limits.withImages(still));
  }

  /** The upload's bytes, for pictures. */
  public ByteSource bytes(String bucket, String key, String tag, long size) {
    return CachedBytes.of(new ObjectBytes(store, bucket, key, tag, size));
  }
}
