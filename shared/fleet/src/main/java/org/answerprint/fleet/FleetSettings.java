package org.answerprint.fleet;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.answerprint.faults.RequestFault;

/**
 * What is done by jobs of a batch service; nothing, unless the environment says so.
 *
 * @param endpoint {@code ANSWERPRINT_BATCH_ENDPOINT}: a server of one's own that speaks Batch's language, or empty for AWS
 * @param longFilms {@code ANSWERPRINT_LONG_FILM_SECONDS}, {@code _QUEUE}, {@code _EXTRACT} and {@code _ASSEMBLE}, all or none
 * @param gpu {@code ANSWERPRINT_GPU_QUEUE}, {@code _JOB}, {@code _JOBS_AT_MOST}, {@code _START_SECONDS} and {@code _START_SHARE}, all
 *     or none
 * @param slot {@code ANSWERPRINT_GPU_SLOT}: the place that this worker was asked for, from 1
 */
public record FleetSettings(Optional<URI> endpoint, Optional<LongFilms> longFilms, Optional<GpuFleet> gpu, OptionalInt slot) {

  /** Everything is done here. */
  public static final FleetSettings NONE = new FleetSettings(Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty());

  private static final String ENDPOINT = "ANSWERPRINT_BATCH_ENDPOINT";
  private static final String LONG_SECONDS = "ANSWERPRINT_LONG_FILM_SECONDS";
  private static final String LONG_QUEUE = "ANSWERPRINT_LONG_QUEUE";
  private static final String LONG_EXTRACT = "ANSWERPRINT_LONG_EXTRACT";
  private static final String LONG_ASSEMBLE = "ANSWERPRINT_LONG_ASSEMBLE";
  private static final String GPU_QUEUE = "ANSWERPRINT_GPU_QUEUE";
  private static final String GPU_JOB = "ANSWERPRINT_GPU_JOB";
  private static final String GPU_AT_MOST = "ANSWERPRINT_GPU_JOBS_AT_MOST";
  private static final String GPU_START = "ANSWERPRINT_GPU_START_SECONDS";
  private static final String GPU_SHARE = "ANSWERPRINT_GPU_START_SHARE";
  private static final String SLOT = "ANSWERPRINT_GPU_SLOT";

  private static final List<String> LONG = List.of(LONG_SECONDS, LONG_QUEUE, LONG_EXTRACT, LONG_ASSEMBLE);
  private static final List<String> GPU = List.of(GPU_QUEUE, GPU_JOB, GPU_AT_MOST, GPU_START, GPU_SHARE);

  /** What each is to look like, and how that is said. */
  private enum Form {
    URL("give a URL such as http://127.0.0.1:9400", text -> text.matches("https?://[^/\\s]+(/\\S*)?")),
    NAME("give a name", text -> text.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,127}")),
    SECONDS("give whole seconds, 1 or more", text -> text.matches("[1-9][0-9]{0,7}")),
    COUNT("give a number from 1 to 999", text -> text.matches("[1-9][0-9]{0,2}")),
    SHARE("give a share between 0 and 1, such as 0.25", text -> text.matches("0?\\.[0-9]{1,9}") && Double.parseDouble(text) > 0);

    private final String advice;
    private final Predicate<String> fits;

    Form(String advice, Predicate<String> fits) {
      this.advice = advice;
      this.fits = fits;
    }
  }

  private static final Map<String, Form> FORMS = Map.ofEntries(
      Map.entry(ENDPOINT, Form.URL), Map.entry(LONG_SECONDS, Form.SECONDS), Map.entry(LONG_QUEUE, Form.NAME),
      Map.entry(LONG_EXTRACT, Form.NAME), Map.entry(LONG_ASSEMBLE, Form.NAME), Map.entry(GPU_QUEUE, Form.NAME),
      Map.entry(GPU_JOB, Form.NAME), Map.entry(GPU_AT_MOST, Form.COUNT), Map.entry(GPU_START, Form.SECONDS),
      Map.entry(GPU_SHARE, Form.SHARE), Map.entry(SLOT, Form.COUNT));

  /** Everything wrong with what {@link #of} would read, or an empty list. */
  public static List<String> problems(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    FORMS.keySet().stream().sorted().filter(environment::containsKey).forEach(name -> {
      if (!FORMS.get(name).fits.test(environment.get(name))) {
        problems.add(name + " is '" + environment.get(name) + "'; " + FORMS.get(name).advice);
      }
    });
    for (List<String> together : List.of(LONG, GPU)) {
      if (together.stream().anyMatch(environment::containsKey)) {
        together.stream().filter(name -> !environment.containsKey(name))
            .forEach(name -> problems.add(name + " is missing; " + String.join(", ", together) + " go together"));
      }
    }
    return problems;
  }

  /**
   * Reads the settings.
   *
   * @throws RequestFault naming every variable that is missing or wrong
   */
  public static FleetSettings of(Map<String, String> environment) {
    List<String> problems = problems(environment);
    if (!problems.isEmpty()) {
      throw new RequestFault("the environment is wrong: " + String.join("; ", problems));
    }
    return new FleetSettings(
        Optional.ofNullable(environment.get(ENDPOINT)).map(URI::create),
        Optional.ofNullable(environment.get(LONG_SECONDS)).map(seconds -> new LongFilms(seconds(seconds),
            environment.get(LONG_QUEUE), environment.get(LONG_EXTRACT), environment.get(LONG_ASSEMBLE))),
        Optional.ofNullable(environment.get(GPU_QUEUE)).map(queue -> new GpuFleet(queue, environment.get(GPU_JOB),
            Integer.parseInt(environment.get(GPU_AT_MOST)), seconds(environment.get(GPU_START)),
            Double.parseDouble(environment.get(GPU_SHARE)))),
        Optional.ofNullable(environment.get(SLOT)).map(Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty()));
  }

  private static Duration seconds(String text) {
    return Duration.ofSeconds(Long.parseLong(text));
  }
}
