package org.answerprint.stage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import org.answerprint.faults.InternalFault;

/**
 * Hears that the process is asked to end, without the virtual machine beginning to end by itself: its hooks run at once and side by
 * side, and one of them takes ONNX Runtime away from under a network that runs, which crashes. Whoever listens ends the work first,
 * and the machine then.
 */
public final class EndSignals {

  private EndSignals() {}

  /**
   * Calls a listener, on a thread of its own, for each SIGTERM, SIGINT and SIGHUP from now on.
   *
   * @throws InternalFault on a virtual machine that has no such signals
   */
  public static void listen(Runnable listener) {
    try {
      // the JDK's own door to signals, whose use the compiler cannot be told to allow
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler heard = (self, method, arguments) -> answer(method.getName(), self, listener, arguments);
      Object proxy = Proxy.newProxyInstance(EndSignals.class.getClassLoader(), new Class<?>[] {handler}, heard);
      for (String name : List.of("TERM", "INT", "HUP")) {
        signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      }
    } catch (ReflectiveOperationException e) {
      throw new InternalFault("this virtual machine does not tell of signals; run a JDK for Linux", e);
    }
  }

  private static Object answer(String method, Object self, Runnable listener, Object[] arguments) {
    return switch (method) {
      case "handle" -> {
        listener.run();
        yield null;
      }
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> "the listener for signals";
    };
  }
}
