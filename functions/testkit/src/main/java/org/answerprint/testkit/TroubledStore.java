package org.answerprint.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.answerprint.storage.ObjectStore;
import org.answerprint.testing.Stores;

/** A store over another one in which something happens before a film's bytes are read. */
public final class TroubledStore {

  private static final String DECODER = "org.answerprint.media.sandbox.SandboxMain";

  private TroubledStore() {}

  /** {@code trouble} is told the key; what it throws is thrown instead of reading. */
  public static ObjectStore of(ObjectStore store, Consumer<String> trouble) {
    return Stores.watched(store, (verb, key) -> {
      if (verb.equals("read")) {
        trouble.accept(key);
      }
    });
  }

  /** Kills the decoders that this process has started, as the kernel does where memory is short. */
  public static void killDecoders() {
    List<ProcessHandle> decoders = ProcessHandle.current().children().filter(TroubledStore::isDecoder).toList();
    decoders.forEach(ProcessHandle::destroyForcibly);
    decoders.forEach(decoder -> decoder.onExit().join());
  }

  private static boolean isDecoder(ProcessHandle child) {
    return child.info().arguments().map(Arrays::stream).orElse(Stream.empty()).anyMatch(DECODER::equals);
  }
}
