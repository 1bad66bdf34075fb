package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.answerprint.toybox.SampleFilm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code edit --price}. */
class QuoteTest {

  private static final Map<String, String> DEAR = Map.of("ANSWERPRINT_PRICE_PER_SECOND", "0.5", "ANSWERPRINT_CURRENCY", "EUR");

  private static final SampleFilm FILM = SampleFilm.of(160, 90, 12, 6, 3);

  @TempDir
  private static Path folder;

  private static Path video;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void aVideo() {
    video = SampleFile.make(FILM, folder.resolve("film.mp4"));
  }

  @Test
  void saysWhatAnEditCostsAtMostAndRunsNothing() throws IOException {
    assertThat(price(DEAR)).isZero();
    assertThat(out.toString()).contains("frames     " + FILM.frameCount(), "price      at most ", " EUR", "at 0.5 EUR each");
    assertThat(folder.resolve("data")).doesNotExist();
    try (var files = Files.list(folder)) {
      assertThat(files.toList()).containsExactly(video);
    }
  }

  @Test
  void saysItAsJsonToo() throws IOException {
    assertThat(price(DEAR, "--json", "--transition", "morph")).isZero();
    JsonNode quote = new ObjectMapper().readTree(out.toString());
    assertThat(quote.get("frames").asInt()).isEqualTo(FILM.frameCount());
    assertThat(quote.get("currency").asText()).isEqualTo("EUR");
    assertThat(quote.get("atMost").asDouble()).isPositive();
    assertThat(quote.get("maxCost").isNull()).isTrue();
    assertThat(quote.get("withinMaxCost").asBoolean()).isTrue();
  }

  @Test
  void saysWhetherTheRecipesCapWouldHoldTheEditBack() throws IOException {
    Path recipe = Files.writeString(Files.createTempFile("cap", ".yaml"), "maxCost: 0.000001\n");
    assertThat(price(DEAR, "--recipe", recipe.toString())).isZero();
    assertThat(out.toString()).contains("maxCost    0.000001 EUR: the shots would be found first");
  }

  @Test
  void withoutAPriceItSaysTheSecondsAndHowToSetOne() {
    assertThat(price(Map.of())).isZero();
    assertThat(out.toString()).contains("seconds    at most ", "ANSWERPRINT_PRICE_PER_SECOND");
  }

  @Test
  void whatIsWrongIsRefusedAsEditRefusesIt() throws IOException {
    Path text = Files.writeString(Files.createTempFile("no", ".mp4"), "this is no video");
    assertThat(run(DEAR, "edit", text.toString(), "--price")).isEqualTo(2);
    assertThat(price(DEAR, "--method", "pix2video", "--prompt", "snow", "--source-prompt", "grass", "--model", "nope")).isEqualTo(2);
    assertThat(price(DEAR, "--preview")).isEqualTo(2);
    assertThat(price(Map.of("ANSWERPRINT_PRICE_PER_SECOND", "much"))).isEqualTo(2);
    assertThat(err.toString()).contains("cannot be edited", "no model called 'nope'", "--preview", "ANSWERPRINT_PRICE_PER_SECOND is 'much'");
    assertThat(out.toString()).isEmpty();
  }

  private int price(Map<String, String> environment, String... more) {
    String[] all = new String[more.length + 3];
    System.arraycopy(new String[] {"edit", video.toString(), "--price"}, 0, all, 0, 3);
    System.arraycopy(more, 0, all, 3, more.length);
    return run(environment, all);
  }

  private int run(Map<String, String> environment, String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--data";
    all[arguments.length + 1] = folder.resolve("data").toString();
    return Main.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), false, all);
  }
}
