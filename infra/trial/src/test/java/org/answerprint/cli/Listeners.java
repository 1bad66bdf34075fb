package org.answerprint.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The listening TCP sockets of a process, as Linux tells them. */
final class Listeners {

  private static final String LISTENING = "0A";

  private Listeners() {}

  /** Addresses in the kernel's hexadecimal, each with its port. */
  static List<String> of(long process) throws IOException {
    Set<String> sockets = sockets(process);
    List<String> found = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length > 9 && fields[3].equals(LISTENING) && sockets.contains("socket:[" + fields[9] + "]")) {
          found.add(fields[1]);
        }
      }
    }
    return found;
  }

  /** 127.0.0.0/8, also as an IPv6 address, and ::1. */
  static boolean isLoopback(String address) {
    String host = address.split(":")[0];
    return host.equals("00000000000000000000000001000000")
        || host.endsWith("7F") && (host.length() == 8 || host.startsWith("0000000000000000FFFF0000"));
  }

  private static Set<String> sockets(long process) throws IOException {
    Set<String> sockets = new HashSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + process + "/fd"))) {
      for (Path descriptor : descriptors) {
        try {
          sockets.add(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
          // it was closed a moment ago
        }
      }
    }
    return sockets;
  }
}
