package org.answerprint.stack;

/**
 * An S3 server over a folder, on loopback only, with signature version 4.
 *
 * <p>Arguments: {@code --data FOLDER --port N [--bucket NAME]... [--notify-bucket NAME --bootstrap-servers HOST:PORT
 * [--topic NAME]] [--region NAME]}; the keys come in the environment variables {@code ANSWERPRINT_ACCESS_KEY} and
 * {@code ANSWERPRINT_SECRET_KEY}.
 */
public final class ObjectStoreMain {
  private ObjectStoreMain() {}

  /** Runs until standard input closes. */
  public static void main(String[] args) {
    Child.run(() -> {
      ObjectStoreSettings settings = ObjectStoreSettings.parse(System.getenv(), args);
      Child.requireFree(settings.port());
      return ObjectStore.start(settings, DataFolder.take(settings.folder()));
    });
  }
}
