package org.answerprint.webhooks;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.answerprint.faults.RequestFault;

/**
 * Where events are posted. Immutable.
 *
 * @param url an address of the web, over TLS
 * @param local whether this machine may be meant, and over plain HTTP too; for trying things out
 */
public record WebhookTarget(URI url, boolean local) {

  private static final int TLS_PORT = 443;
  private static final int PLAIN_PORT = 80;

  public WebhookTarget {
    Objects.requireNonNull(url, "url");
  }

  /**
   * Reads an address.
   *
   * @throws RequestFault where it is none that events may be posted to
   */
  public static WebhookTarget of(String text, boolean local) {
    URI url = parse(text);
    boolean scheme = "https".equals(url.getScheme()) || local && "http".equals(url.getScheme());
    if (!scheme || url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null || url.getPort() > 65_535) {
      throw new RequestFault("events are not posted to that address; give ANSWERPRINT_WEBHOOK_URL as https://host/path, without user and fragment"
          + (local ? "" : " (http, and this machine, only with ANSWERPRINT_WEBHOOK_LOCAL=true)"));
    }
    return new WebhookTarget(url, local);
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new RequestFault("ANSWERPRINT_WEBHOOK_URL is no address: " + e.getReason() + "; give https://host/path", e);
    }
  }

  boolean overTls() {
    return "https".equals(url.getScheme());
  }

  /** Without the brackets of an IPv6 address. */
  String host() {
    return url.getHost().replaceAll("^\\[|]$", "");
  }

  int port() {
    return url.getPort() >= 0 ? url.getPort() : overTls() ? TLS_PORT : PLAIN_PORT;
  }

  /** What stands behind the method in a request. */
  String path() {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  /**
   * The addresses of the host, of which every one may be connected to.
   *
   * @throws RequestFault where one of them is not of the open internet: a name that points there as well is no slip
   */
  List<InetAddress> checked(InetAddress[] found) {
    List<InetAddress> addresses = Arrays.asList(found);
    boolean open = overTls() && addresses.stream().allMatch(PublicAddress::is);
    boolean own = local && addresses.stream().allMatch(InetAddress::isLoopbackAddress);
    if (!open && !own) {
      throw new RequestFault("the webhook's host " + host() + " is at " + addresses.getFirst().getHostAddress()
          + (addresses.size() > 1 ? " and elsewhere" : "") + ", and events are posted to addresses of the open internet only; correct"
          + " ANSWERPRINT_WEBHOOK_URL" + (local ? "" : ", or set ANSWERPRINT_WEBHOOK_LOCAL=true where this machine is meant"));
    }
    return addresses;
  }
}
