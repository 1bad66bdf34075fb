package org.answerprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.answerprint.events.ObjectVersion;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.Prices;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.FixedEncoder;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.Signal;
import org.answerprint.media.VideoInfo;
import org.answerprint.recipe.Recipe;
import org.answerprint.stage.RecipeModels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderMakerTest {

  @ParameterizedTest
  @CsvSource({"X264, libx264", "NVENC, h264_nvenc"})
  void theEncoderThatWasFixedForAllMachinesIsWrittenIntoTheOrder(FixedEncoder fixed, String encoder) {
    Order order = new OrderMaker(Prices.NONE, Optional.of(fixed)).make(List.of(source()), Recipe.DEFAULT, Map.of(),
        new RecipeModels(new TreeMap<>(), Map.of()), 0);
    assertThat(order.encoder().encoder()).isEqualTo(encoder);
    assertThat(order.encoder().timeBase()).isEqualTo(new TimeBase(1, 12_800));
  }

  private static SourceFilm source() {
    VideoInfo video = new VideoInfo(0, "h264", 320, 180, 320, 180, 1, 1, 0, false, new TimeBase(1, 12_800), 0, 25, 1, 250, 8, "yuv420p",
        Colour.BT709, false, PixelFormat.YUV420P, Signal.PLAIN);
    return new SourceFilm(new ObjectVersion("films-in", "film.mp4", "v", 1000), "tag", false,
        new MediaInfo("mov,mp4", 10_000_000, 1000, video, List.of()), Optional.empty());
  }
}
