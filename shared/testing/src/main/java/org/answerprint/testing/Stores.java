package org.answerprint.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.BooleanSupplier;
import org.answerprint.faults.TransientFault;
import org.answerprint.storage.ObjectStore;

/** Stores over others, for tests of what lies on them. */
public final class Stores {

  private Stores() {}

  /** Is told of what a store is asked. */
  @FunctionalInterface
  public interface Watch {

    /**
     * What it throws is thrown to whoever asks, instead of doing it.
     *
     * @param verb the method's name
     * @param key the object's, or the prefix of a list
     */
    void before(String verb, String key);
  }

  /** The same store, of which {@code watch} is told everything before it is done, but for its closing. */
  public static ObjectStore watched(ObjectStore store, Watch watch) {
    return (ObjectStore) Proxy.newProxyInstance(ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (self, verb, arguments) -> {
      if (verb.getDeclaringClass() == ObjectStore.class && !verb.getName().equals("close")) {
        watch.before(verb.getName(), (String) arguments[1]);
      }
      try {
        return verb.invoke(store, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    });
  }

  /** The same store, which throws a {@link TransientFault} at whatever is asked while it is away. */
  public static ObjectStore away(ObjectStore store, BooleanSupplier isAway) {
    return watched(store, (verb, key) -> {
      if (isAway.getAsBoolean()) {
        throw new TransientFault("the store is away");
      }
    });
  }
}
