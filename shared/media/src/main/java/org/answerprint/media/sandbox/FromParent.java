package org.answerprint.media.sandbox;

import java.io.DataInputStream;
import java.io.IOException;

/** What a child reads; the news that a picture was taken may come between any two messages. */
final class FromParent {

  private final DataInputStream in;
  private long freed;

  FromParent(DataInputStream in) {
    this.in = in;
  }

  /** The next message's kind. */
  int kind() throws IOException {
    for (;;) {
      int kind = in.readByte();
      if (kind != Message.FREED) {
        return kind;
      }
      freed++;
    }
  }

  /** Waits until the parent has taken one picture more. */
  void awaitFreed() throws IOException {
    if (in.readByte() != Message.FREED) {
      throw new IOException("the parent sent something else than that it has a picture");
    }
    freed++;
  }

  /** How many pictures were taken so far. */
  long freed() {
    return freed;
  }

  /** For the fields behind a kind. */
  DataInputStream fields() {
    return in;
  }
}
