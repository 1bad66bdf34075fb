package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {

  @TempDir Path folder;

  @Test
  void whatTravelsBetweenStagesSurvivesJson() throws IOException {
    ObjectMapper json = new ObjectMapper();
    MediaInfo info = Films.info(Films.plain(folder.resolve("film.mp4"), 5));
    assertThat(json.readValue(json.writeValueAsString(info), MediaInfo.class)).isEqualTo(info);
    EncoderSettings settings = EncoderSettings.choose(info.video());
    assertThat(json.readValue(json.writeValueAsString(settings), EncoderSettings.class)).isEqualTo(settings);
    assertThat(json.readValue(json.writeValueAsString(Limits.STANDARD), Limits.class)).isEqualTo(Limits.STANDARD);
  }
}
