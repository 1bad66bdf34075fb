import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks the files right below a folder of a jar: jar, folder with its slash, where to. */
final class Unpack {

  private Unpack() { }

  public static void main(String[] args) throws IOException {
    try (ZipFile jar = new ZipFile(args[0])) {
      for (ZipEntry entry : jar.stream().filter(each -> isRightBelow(each.getName(), args[1])).toList()) {
        Files.copy(jar.getInputStream(entry), Path.of(args[2], entry.getName().substring(args[1].length())));
      }
    }
  }

  private static boolean isRightBelow(String name, String folder) {
    return name.startsWith(folder) && name.length() > folder.length() && name.indexOf('/', folder.length()) < 0;
  }
}
