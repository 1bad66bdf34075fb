package org.answerprint.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.answerprint.events.ObjectVersion;
import org.answerprint.faults.RequestFault;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.VideoFile;
import org.answerprint.media.VideoReader;
import org.answerprint.testkit.Films;
import org.answerprint.toybox.SampleFilm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpareFilmTest {

  @TempDir
  private Path folder;

  private final List<String> told = new ArrayList<>();
  private MediaInfo info;
  private SpareFilm spare;
  private long now;
  private final List<Runnable> rests = new ArrayList<>();

  @BeforeEach
  void look() throws Exception {
    Path file = Files.write(folder.resolve("film.mp4"), Films.encode(SampleFilm.of(64, 36, 12, 4, 1)));
    try (VideoReader film = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      info = film.info();
    }
    spare = new SpareFilm(source -> film(source.object().key()), () -> now, rests::add);
  }

  /** A film that only tells what is done to it: what is tested is who closes it. */
  private VideoFile film(String name) {
    told.add("open " + name);
    return (VideoFile) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {VideoFile.class}, (proxy, method, arguments) -> {
      if (method.getName().equals("close")) {
        told.add("close " + name);
      }
      return method.getName().equals("info") ? info : null;
    });
  }

  private SourceFilm source(String key) {
    return new SourceFilm(new ObjectVersion("films", key, "tag", 1), "tag", false, info, Optional.empty());
  }

  @Test
  void theNextTaskOfAFilmFindsItOpen() {
    spare.lend(source("a"), film -> told.add("use a"));
    spare.lend(source("a"), film -> told.add("use a"));
    assertThat(told).containsExactly("open a", "use a", "use a");
  }

  @Test
  void anotherFilmClosesIt() {
    spare.lend(source("a"), film -> told.add("use a"));
    spare.lend(source("b"), film -> told.add("use b"));
    assertThat(told).containsExactly("open a", "use a", "close a", "open b", "use b");
  }

  @Test
  void oneThatStumbledIsNotKept() {
    assertThatThrownBy(() -> spare.lend(source("a"), film -> {
      throw new RequestFault("it is damaged");
    })).isInstanceOf(RequestFault.class);
    assertThat(told).containsExactly("open a", "close a");
  }

  @Test
  void oneThatWorkedForTenMinutesIsNotKept() {
    spare.lend(source("a"), film -> now += Duration.ofMinutes(6).toNanos());
    spare.lend(source("a"), film -> now += Duration.ofMinutes(6).toNanos());
    assertThat(told).containsExactly("open a", "close a");
    spare.lend(source("a"), film -> told.add("use a"));
    assertThat(told).containsExactly("open a", "close a", "open a", "use a");
  }

  @Test
  void oneThatHasRestedIsClosedUnlessItWasUsedAgain() {
    spare.lend(source("a"), film -> told.add("use a"));
    spare.lend(source("a"), film -> told.add("use a"));
    rests.getFirst().run();
    assertThat(told).containsExactly("open a", "use a", "use a");
    rests.getLast().run();
    assertThat(told).containsExactly("open a", "use a", "use a", "close a");
    spare.lend(source("a"), film -> told.add("use a"));
    assertThat(told).endsWith("open a", "use a");
  }

  @Test
  void twoAtOnceHaveOneEach() {
    spare.lend(source("a"), film -> spare.lend(source("a"), other -> told.add("use both")));
    assertThat(told).containsExactly("open a", "open a", "use both", "close a");
  }
}
