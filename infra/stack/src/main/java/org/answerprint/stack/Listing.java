package org.answerprint.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One page of a bucket's keys, in S3's order: that of their bytes in UTF-8. Looks only into the folders that the page
 * needs, and follows no symbolic link. Not thread-safe.
 */
final class Listing {

  /**
   * What is asked for.
   *
   * @param prefix of the keys
   * @param delimiter whether keys are rolled up behind the next slash
   * @param after the last name of the page before, or empty
   * @param limit names of a page
   */
  record Query(String prefix, boolean delimiter, String after, int limit) {}

  /**
   * A name of the page.
   *
   * @param text a key, or what rolled-up keys share
   * @param rolledUp whether it stands for several keys
   */
  record Name(String text, boolean rolledUp) {}

  /**
   * A page.
   *
   * @param names in order
   * @param more whether there are further ones
   */
  record Page(List<Name> names, boolean more) {}

  private record Entry(String text, Path path, boolean folder) {}

  private static final Comparator<String> ORDER =
      (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final Path bucket;
  private final Query query;
  private final Predicate<String> hidden;
  private final List<Name> names = new ArrayList<>();

  private Listing(Path bucket, Query query, Predicate<String> hidden) {
    this.bucket = bucket;
    this.query = query;
    this.hidden = hidden;
  }

  /** Reads a page of a bucket's folder; {@code hidden} paths below it are left out. */
  static Page page(Path bucket, Query query, Predicate<String> hidden) throws IOException {
    if (query.limit() == 0) {
      return new Page(List.of(), false);
    }
    Listing listing = new Listing(bucket, query, hidden);
    listing.walk(bucket, "");
    boolean more = listing.names.size() > query.limit();
    return new Page(more ? listing.names.subList(0, query.limit()) : listing.names, more);
  }

  private void walk(Path folder, String above) throws IOException {
    List<Entry> entries = new ArrayList<>();
    read(folder, "", entries);
    entries.sort(Comparator.comparing(Entry::text, ORDER));
    for (Entry entry : entries) {
      String name = above + entry.text();
      if (names.size() > query.limit()) {
        return;
      }
      if (name.startsWith(query.prefix()) || entry.folder() && query.prefix().startsWith(name)) {
        take(entry, name);
      }
    }
  }

  private void take(Entry entry, String name) throws IOException {
    boolean later = ORDER.compare(name, query.after()) > 0;
    if (!entry.folder()) {
      if (later) {
        names.add(new Name(name, false));
      }
      return;
    }
    if (!later && !query.after().startsWith(name)) {
      return;
    }
    if (!query.delimiter() || name.length() <= query.prefix().length()) {
      walk(entry.path(), name);
    } else if (!name.equals(query.after()) && hasLater(entry.path(), name)) {
      names.add(new Name(name, true));
    }
  }

  /** A folder may have become empty a moment ago, and may hold nothing behind where this page begins. */
  private boolean hasLater(Path folder, String name) throws IOException {
    Listing inside = new Listing(bucket, new Query(name, false, query.after(), 1), hidden);
    inside.walk(folder, name);
    return !inside.names.isEmpty();
  }

  /** The entries of a folder and of those in which its names go on. */
  private void read(Path folder, String begun, List<Entry> into) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        String name = child.getFileName().toString();
        Optional<String> text = KeyPaths.decode(name).map(begun::concat);
        if (text.isEmpty() || name.startsWith(".")) {
          continue;
        }
        boolean directory = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
        if (directory && KeyPaths.isContinued(name)) {
          read(child, text.get(), into);
        } else if (directory && KeyPaths.isFolder(name)) {
          into.add(new Entry(text.get(), child, true));
        } else if (isObject(child)) {
          into.add(new Entry(text.get(), child, false));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // a delete removes the folders that it leaves empty
    }
  }

  private boolean isObject(Path file) {
    String path = bucket.relativize(file).toString();
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && KeyPaths.keyOf(path).isPresent() && !hidden.test(path);
  }
}
