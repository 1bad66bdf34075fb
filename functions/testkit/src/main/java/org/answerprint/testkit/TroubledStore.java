package org.answerprint.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.answerprint.storage.ObjectStore;

/** A store over another one in which something happens before a film's bytes are read. */
public final class TroubledStore {

  private static final String DECODER = "org.answerprint.media.sandbox.SandboxMain";

  private TroubledStore() {}

  /** {@code trouble} is told the key; what it throws is thrown instead of reading. */
  public static ObjectStore of(ObjectStore store, Consumer<String> trouble) {
    return (ObjectStore) Proxy.newProxyInstance(ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
      if (method.getName().equals("read")) {
        trouble.accept((String) arguments[1]);
      }
      try {
        return method.invoke(store, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
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
