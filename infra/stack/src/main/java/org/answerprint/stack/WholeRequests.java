package org.answerprint.stack;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.EnumSet;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.gaul.s3proxy.S3Proxy;

/**
 * Reads what is left of a request's body once it has been answered. S3Proxy stops at the last byte of the object and
 * leaves the checksum that follows it, or refuses before the body; the server then closes the connection while the
 * client still writes, and the client, whose answer is lost with it, repeats a put that has succeeded. Stateless.
 */
final class WholeRequests implements Filter {
  /** A refused upload with more to come than this costs its connection, rather than the time to receive it. */
  private static final long LIMIT_BYTES = 1024 * 1024;

  /** Adds the filter to a server that has not been started. */
  static void readBy(S3Proxy proxy) throws ReflectiveOperationException {
    // there is no accessor; the version is pinned and a test fails without the filter
    Field field = S3Proxy.class.getDeclaredField("server");
    field.setAccessible(true);
    Server server = (Server) field.get(proxy);
    FilterHolder holder = new FilterHolder(new WholeRequests());
    holder.setAsyncSupported(true);
    server.getDescendant(ServletContextHandler.class)
        .addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } finally {
      drain(request);
    }
  }

  private static void drain(ServletRequest request) {
    byte[] ignored = new byte[8192];
    try {
      InputStream body = request.getInputStream();
      long left = LIMIT_BYTES;
      for (int read = body.read(ignored); read >= 0 && left > 0; read = body.read(ignored)) {
        left -= read;
      }
    } catch (IOException e) {
      // the client has gone, and with it the need for its connection
    }
  }
}
