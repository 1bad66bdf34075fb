package org.answerprint.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents of the whole project against the project. It lives here because this module is built first. */
class DocumentsTest {

  private static final int ONE_SCREEN = 60;
  private static final Path HOME = home();
  private static final Set<String> MADE = Set.of("target", ".git", ".answerprint", ".idea", ".vscode", "node_modules");

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
  private static final Pattern VARIABLE = Pattern.compile("ANSWERPRINT_[A-Z0-9]+(?:_[A-Z0-9]+)*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(answerprint\\.[a-z.]+):");
  private static final Pattern COMMAND = Pattern.compile("\\./answerprint ([a-z]+)");
  private static final Pattern REGISTRY = Pattern.compile(
      "\\brepo1?\\.(?:maven|[a-z0-9-]+\\.org)"
          + "|\\b(?:registry|artifactory|nexus)\\.[a-z0-9-]+\\.(?:io|org|com|net|dev)\\b"
          + "|\\b(?:docker|ghcr|gcr|quay)\\.io\\b|\\bregistry[a-z0-9.-]*://");
  private static final Pattern MACHINE = Pattern.compile("(?<![\\w.}>$-])/(?:work|root|home|Users)/\\w");

  @Test
  void everyModuleHasAReadmeOfOneScreen() throws IOException {
    List<String> problems = new ArrayList<>();
    List<Path> modules = modules(HOME);
    assertThat(modules).hasSizeGreaterThan(25);
    for (Path module : modules) {
      Path readme = module.resolve("README.md");
      if (Files.notExists(readme)) {
        problems.add(named(module) + " has no README.md");
      } else if (Files.readAllLines(readme).size() > ONE_SCREEN) {
        problems.add(named(readme) + " is longer than " + ONE_SCREEN + " lines");
      }
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void everyLinkInADocumentLeadsSomewhere() throws IOException {
    List<String> problems = new ArrayList<>();
    for (Path document : documents()) {
      for (String link : all(LINK, CODE.matcher(Files.readString(document)).replaceAll(""))) {
        if (!link.matches("[a-z]+:.*") && !leadsSomewhere(document, link)) {
          problems.add(named(document) + " links to " + link + ", which is not there");
        }
      }
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void everyCommandInADocumentIsOneOfTheScript() throws IOException {
    Set<String> known = new TreeSet<>(all(COMMAND, Files.readString(HOME.resolve("answerprint"))));
    assertThat(known).contains("demo", "test", "up", "edit");
    for (Path document : documents()) {
      assertThat(known).as(named(document)).containsAll(all(COMMAND, Files.readString(document)));
    }
  }

  @Test
  void theReadmeNamesTheVariablesThatTheSourcesReadAndNoOthers() throws IOException {
    Set<String> read = new TreeSet<>();
    Set<String> derived = new TreeSet<>();
    for (Path source : files(file -> file.toString().matches(".*/src/main/.*\\.(java|properties)"))) {
      String text = Files.readString(source);
      read.addAll(all(VARIABLE, text));
      all(PLACEHOLDER, text).forEach(key -> derived.add(key.toUpperCase(Locale.ROOT).replace('.', '_')));
    }
    Set<String> told = new TreeSet<>(all(VARIABLE, Files.readString(HOME.resolve("README.md"))));
    assertThat(told).containsAll(read);
    read.addAll(derived);
    assertThat(read).containsAll(told);
  }

  @Test
  void noFileNamesARegistryOrAPlaceOnSomebodysMachine() throws IOException {
    List<String> problems = new ArrayList<>();
    List<Path> texts = files(DocumentsTest::isText);
    assertThat(texts).hasSizeGreaterThan(300);
    for (Path file : texts) {
      String text = Files.readString(file);
      Stream.of(REGISTRY, MACHINE).flatMap(pattern -> pattern.matcher(text).results())
          .forEach(found -> problems.add(named(file) + " names " + found.group()));
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void theCheckKnowsARegistryAndAMachinesPathFromWhatOnlyLooksLikeThem() {
    assertThat(Stream.of("https://rep" + "o1.maven.org/maven2", "reg" + "istry.example.com/image", "ghcr" + ".io/a/b"))
        .allMatch(REGISTRY.asPredicate());
    assertThat(Stream.of("meters.registry.counter(name)", "the registry. It", "MeterRegistry registry"))
        .noneMatch(REGISTRY.asPredicate());
    assertThat(Stream.of("in /" + "work/main", "\"/" + "home/me/film.mp4\"")).allMatch(MACHINE.asPredicate());
    assertThat(Stream.of("takes/work/a", "${HOME:-/root}/.jdks", "/work is a bucket's folder"))
        .noneMatch(MACHINE.asPredicate());
  }

  private static Path home() {
    Path path = Path.of("").toAbsolutePath();
    while (Files.notExists(path.resolve("NOTICE"))) {
      path = path.getParent();
    }
    return path;
  }

  private static List<Path> modules(Path folder) throws IOException {
    List<Path> modules = new ArrayList<>();
    for (String name : all(MODULE, Files.readString(folder.resolve("pom.xml")))) {
      Path module = folder.resolve(name);
      modules.add(module);
      modules.addAll(modules(module));
    }
    return modules;
  }

  private static boolean leadsSomewhere(Path document, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? document : document.getParent().resolve(parts[0]).normalize();
    return Files.exists(target) && target.startsWith(HOME)
        && (parts.length == 1 || headings(target).contains(parts[1]));
  }

  private static List<String> headings(Path document) throws IOException {
    String text = CODE.matcher(Files.readString(document)).replaceAll("");
    return all(HEADING, text).stream().map(DocumentsTest::anchor).toList();
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").strip().replace(' ', '-');
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = files(file -> file.toString().endsWith(".md"));
    assertThat(documents).contains(HOME.resolve("README.md"));
    return documents;
  }

  private static boolean isText(Path file) {
    String name = file.getFileName().toString();
    return name.matches(".*\\.(java|xml|md|ya?ml|json|properties|txt|svg|sh|cube)|NOTICE|answerprint|run|\\.git[a-z]+");
  }

  private static List<Path> files(Predicate<Path> wanted) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(HOME, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean made = MADE.contains(folder.getFileName().toString()) && !folder.equals(HOME);
        return made ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && wanted.test(file)) {
          files.add(file);
        }
        return FileVisitResult.CONTINUE;
      }
    });
    return files;
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(DocumentsTest::word).toList();
  }

  private static String word(MatchResult found) {
    return found.groupCount() == 0 ? found.group() : found.group(1);
  }

  private static String named(Path path) {
    return HOME.relativize(path).toString();
  }
}
