package org.answerprint.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a JVM keeps of earlier starts so that later ones are quicker; never needed for correctness, and passed over by
 * the JVM where it does not fit the classes any more. Immutable.
 *
 * @param file where it is kept
 * @param mode who makes it
 */
public record StartCache(Path file, Mode mode) {

  private static final String UNLOCK = "-XX:+UnlockDiagnosticVMOptions";
  /** Else all of it is moved to a random address at each start, so that every page is written to and none is shared. */
  private static final String WHERE_IT_WAS_MADE = "-XX:ArchiveRelocationMode=0";

  /** Who makes the file. */
  public enum Mode {
    /** A class-data archive that the JVM makes when it first ends, and makes again when it no longer fits. */
    GROWING,
    /** An ahead-of-time cache of linked classes that a {@link #TRAINING} run left; used where it is, never made. */
    TRAINED,
    /** This run makes the ahead-of-time cache when it ends, which takes it some ten seconds. */
    TRAINING
  }

  /** The JVM's options. */
  List<String> options() {
    return switch (mode) {
      case GROWING -> List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + file,
          // an archive that does not fit is made anew; the child's log need not say so
          "-Xlog:disable", "-Xlog:all=error:stderr", UNLOCK, WHERE_IT_WAS_MADE);
      case TRAINED -> Files.isReadable(file)
          ? List.of("-XX:AOTCache=" + file, "-Xlog:disable", "-Xlog:all=error:stderr", UNLOCK, WHERE_IT_WAS_MADE) : List.of();
      case TRAINING -> List.of("-XX:AOTCacheOutput=" + file, "-Xlog:disable", "-Xlog:all=error:stderr");
    };
  }
}
