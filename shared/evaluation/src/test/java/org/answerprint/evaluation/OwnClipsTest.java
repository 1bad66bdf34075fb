package org.answerprint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnClipsTest {

  @TempDir
  private Path folder;

  @Test
  void everyLineAfterTheFirstIsAnEdit() throws IOException {
    Files.writeString(folder.resolve("dog.mp4"), "film");
    Files.writeString(folder.resolve("dog.txt"), "a dog on grass\n\na wolf on grass\na dog on snow\n");
    assertThat(OwnClips.in(folder)).extracting(OwnClips.Asked::name).containsExactly("dog-1", "dog-2");
    assertThat(OwnClips.in(folder)).extracting(OwnClips.Asked::prompt).containsExactly("a wolf on grass", "a dog on snow");
    assertThat(OwnClips.in(folder)).extracting(OwnClips.Asked::sourcePrompt).containsOnly("a dog on grass");
    assertThat(OwnClips.in(folder)).extracting(OwnClips.Asked::digest).doesNotHaveDuplicates();
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertThatThrownBy(() -> OwnClips.in(folder)).isInstanceOf(RequestFault.class).hasMessageContaining("no prompts");
    Files.writeString(folder.resolve("cat.txt"), "a cat\n");
    assertThatThrownBy(() -> OwnClips.in(folder)).isInstanceOf(RequestFault.class).hasMessageContaining("no film beside cat.txt");
    Files.writeString(folder.resolve("cat.mp4"), "film");
    assertThatThrownBy(() -> OwnClips.in(folder)).isInstanceOf(RequestFault.class).hasMessageContaining("1 lines");
    assertThatThrownBy(() -> OwnClips.in(folder.resolve("none"))).isInstanceOf(RequestFault.class).hasMessageContaining("cannot be read");
  }
}
