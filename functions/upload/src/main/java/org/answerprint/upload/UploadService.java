package org.answerprint.upload;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.storage.StorageSettings;
import org.answerprint.uploads.UploadDoor;
import org.answerprint.uploads.UploadRules;
import org.answerprint.uploads.UploadWish;

/** Signs what may be signed, and says in a sentence why something may not. Thread-safe; whoever made it closes it. */
public final class UploadService implements AutoCloseable {

  private final UploadDoor door;

  public UploadService(StorageSettings storage, UploadRules rules) {
    this.door = new UploadDoor(storage, rules);
  }

  /**
   * Answers a wish: {@code {"key": "clips/a.mp4", "size": 123}}, and if wanted {@code "replace": true} and {@code "seconds": 60}.
   *
   * @throws org.answerprint.faults.TransientFault where there are no keys to sign with
   */
  public UploadAnswer answer(JsonNode wish) {
    try {
      return UploadAnswer.signed(door.sign(read(wish)));
    } catch (RequestFault wrong) {
      return UploadAnswer.rejected(wrong.getMessage());
    }
  }

  private static UploadWish read(JsonNode wish) {
    JsonNode seconds = wish.path("seconds");
    boolean whole = wish.path("key").isTextual() && wish.path("size").isIntegralNumber() && wish.path("size").canConvertToLong()
        && (wish.path("replace").isMissingNode() || wish.path("replace").isBoolean())
        && (seconds.isMissingNode() || seconds.isIntegralNumber() && seconds.canConvertToInt());
    if (!whole) {
      throw new RequestFault("an upload is asked for as {\"key\": \"clips/a.mp4\", \"size\": 123}, with \"replace\": true and \"seconds\": 60 where"
          + " they are wanted; size is the file's in bytes");
    }
    return new UploadWish(wish.get("key").textValue(), wish.get("size").longValue(), wish.path("replace").booleanValue(),
        seconds.isMissingNode() ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds.intValue())));
  }

  @Override
  public void close() {
    door.close();
  }
}
