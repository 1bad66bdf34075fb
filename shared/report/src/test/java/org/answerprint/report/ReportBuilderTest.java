package org.answerprint.report;

import static org.answerprint.report.SampleJob.TICKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.answerprint.events.FailureKind;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.AudioInfo;
import org.answerprint.media.DecodeHealth;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FilmReport;
import org.answerprint.media.SoundReport;
import org.answerprint.shots.Cut;
import org.answerprint.storage.Digests;
import org.junit.jupiter.api.Test;

class ReportBuilderTest {

  private static final String LOOK = """
      method: look
      prompt: nobody reads this
      options: { lut: looks/warm.cube }
      transition: { type: morph, frames: 12 }
      """;

  @Test
  void tellsWhatWasAskedForAndWhatCameOut() {
    var job = new SampleJob(LOOK, 48, 72);
    Report report = job.report();
    assertThat(report.schemaVersion()).isEqualTo(1);
    assertThat(report.upload().key()).isEqualTo("holiday/beach.mp4");
    assertThat(report.recipe().method()).isEqualTo("look");
    assertThat(report.assets()).containsExactly(Map.entry("looks/warm.cube", "tag-2"));
    EncoderSettings encoder = job.job.accepted().encoder();
    assertThat(report.encoder()).isEqualTo(
        new Report.Encoder(encoder.encoder(), new TreeMap<>(encoder.options()), encoder.gop()));
    assertThat(report.picture().frameRate()).isEqualTo("24/1");
    assertThat(report.result()).isEqualTo(new Report.Result("holiday/beach.mp4/" + report.job() + ".mp4", 120, 0,
        120L * TICKS, 5.0, 54_321, SampleJob.FILM_DIGEST));
    assertThat(report.contactSheet()).isEqualTo("holiday/beach.mp4/" + report.job() + ".contact-sheet.png");
    assertThat(report.sound()).contains(new Report.Sound("aac", true, 99, Digests.sha256(new byte[] {2})));
    assertThat(report.warnings()).isEmpty();
  }

  @Test
  void givesEveryShotItsPlaceInTheFilmInTicksAndInSeconds() {
    List<ReportedShot> shots = new SampleJob("method: none", 48, 72).report().shots();
    assertThat(shots).extracting(ReportedShot::cut).containsExactly(Cut.START, Cut.HARD);
    assertThat(shots.getLast().startTick()).isEqualTo(SampleJob.FILM_START + 48 * TICKS);
    assertThat(shots.getLast().startSeconds()).isEqualTo(2.0);
    assertThat(shots.getLast().endTick()).isEqualTo(SampleJob.FILM_START + 120 * TICKS);
    assertThat(shots.getLast().lengthSeconds()).isEqualTo(3.0);
    assertThat(shots).extracting(ReportedShot::firstFrame).containsExactly(0L, 48L);
  }

  @Test
  void namesOnlyParametersThatTheMethodRead() {
    ReportedShot shot = new SampleJob(LOOK, 48, 72).report().shots().getFirst();
    assertThat(shot.method()).isEqualTo("look");
    assertThat(shot.parameters()).isEqualTo(ReportJson.tree("{\"options\":{\"lut\":\"looks/warm.cube\"}}"));
  }

  @Test
  void saysOfGeneratedShotsWhichModelMadeThemAndFromWhat() {
    var report = new SampleJob("""
        method: pix2video
        model: tiny
        prompt: snow
        sourcePrompt: grass
        seed: 7
        shots: [{ match: 2, method: none }]
        """, 10, 10).report();

    assertThat(report.shots().getFirst().generated()).contains(new ReportedShot.Generated("tiny", Digests.sha256(new byte[] {2}),
        Digests.sha256("snow".getBytes(StandardCharsets.UTF_8)), 7));
    assertThat(report.shots().getLast().generated()).isEmpty();
    assertThat(report.json()).containsOnlyOnce("modelDigest");
  }

  @Test
  void tellsOfEachPieceOfALongShot() {
    ReportedShot shot = new SampleJob("method: none", 600).report().shots().getFirst();
    assertThat(shot.takes()).extracting(ReportedShot.Take::piece).containsExactly(1, 2, 3);
    assertThat(shot.takes()).extracting(ReportedShot.Take::frames).containsExactly(200, 200, 200);
    assertThat(shot.attempts()).isEqualTo(1);
    assertThat(shot.seconds()).isEqualTo(6.0);
    assertThat(shot.takes()).allSatisfy(take -> assertThat(take.made().orElseThrow().digest())
        .isEqualTo(Digests.sha256(take.key().value().getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void tellsWhichFramesATransitionReplaced() {
    Report report = new SampleJob(LOOK, 48, 72).report();
    assertThat(report.transitions()).singleElement().satisfies(transition -> {
      assertThat(transition.type()).isEqualTo("morph");
      assertThat(List.of(transition.leftShot(), transition.rightShot())).containsExactly(1, 2);
      assertThat(List.of(transition.leftFrames(), transition.rightFrames())).containsExactly(6, 6);
      assertThat(transition.made().orElseThrow().frames()).isEqualTo(12);
    });
    assertThat(report.shots().getFirst().takes().getFirst().tailFrames()).isEqualTo(6);
    assertThat(report.software().methods()).containsOnlyKeys("look");
    assertThat(report.software().transitions()).containsOnlyKeys("morph");
  }

  @Test
  void countsNoWorkForWhatWasFoundMade() {
    var job = new SampleJob(LOOK, 48, 72);
    Report report = job.finding(job.shot(1).edits().getFirst().key()).report();
    assertThat(report.shots()).extracting(ReportedShot::foundMade).containsExactly(true, false);
    assertThat(report.shots().getFirst().attempts()).isZero();
    assertThat(report.seconds()).isEqualTo(new Report.Seconds(0.25, 1.5, 2.0, 2.0, 0.75, 90.5));
  }

  @Test
  void saysWhyAShotIsShownAsItWas() {
    var job = new SampleJob(LOOK, 48, 72);
    Report report = job.failing(job.shot(2).edits().getFirst().key(), "the worker ran out of memory").report();
    ReportedShot shot = report.shots().getLast();
    assertThat(shot.method()).isEqualTo("none");
    assertThat(shot.parameters()).isEmpty();
    assertThat(shot.attempts()).isEqualTo(3);
    assertThat(shot.fallback()).contains(
        new ReportedShot.Fallback("look", 3, FailureKind.TRANSIENT, "the worker ran out of memory"));
    assertThat(report.warnings()).containsExactly(
        "Shot 2 is shown as it is in the source, because look failed after 3 attempts: the worker ran out of memory.");
  }

  @Test
  void saysWhyADissolveStandsInForAnotherTransition() {
    var job = new SampleJob(LOOK, 48, 72);
    Report report = job.failing(job.transition(1).key(), "the flow could not be found.").report();
    assertThat(report.transitions().getFirst().type()).isEqualTo("dissolve");
    assertThat(report.transitions().getFirst().fallback().orElseThrow().asked()).isEqualTo("morph");
    assertThat(report.warnings()).containsExactly(
        "The morph after shot 1 failed after 3 attempts and a dissolve stands in for it: the flow could not be found.");
  }

  @Test
  void warnsOfDamageInTheSource() {
    var job = new SampleJob(LOOK, 48, 72);
    assertThat(job.decoding(job.shot(1).edits().getFirst().key(), new DecodeHealth(1, 2, 3)).report().warnings()).containsExactly(
        "The source is damaged in shot 1: 1 packet could not be decoded and 2 frames came out marked as damaged.",
        "The times of 3 frames in shot 1 were missing or out of order in the source and were put right.");
  }

  @Test
  void warnsOfTransitionsThatShortShotsLeaveNoRoomFor() {
    assertThat(new SampleJob(LOOK, 48, 5, 1).report().warnings()).containsExactly(
        "The morph after shot 1 has 8 frames instead of 12, because a shot beside it is too short.",
        "The morph after shot 2 has 2 frames instead of 12, because a shot beside it is too short.");
  }

  @Test
  void warnsOfEntriesThatNoShotMatches() {
    String recipe = """
        method: none
        shots:
          - { match: 2, method: none }
          - { match: 7, method: none }
          - { match: 1s-2s, method: none }
        """;
    assertThat(new SampleJob(recipe, 48, 72).report().warnings()).containsExactly(
        "The recipe's entry for 7 changed nothing, because no shot of the film matches it.",
        "The recipe's entry for 1s-2s changed nothing, because no shot of the film matches it.");
  }

  @Test
  void warnsOfSoundThatCouldNotBeKeptAsItWas() {
    var opus = new AudioInfo(1, "pcm_f64le", 48000, 2, new TimeBase(1, 48000), 0, "", false, true);
    var second = new AudioInfo(2, "aac", 48000, 2, new TimeBase(1, 48000), 0, "", true, false);
    var job = new SampleJob("method: none", List.of(opus, second), 24);
    FilmReport film = job.film();
    var encoded = new FilmReport(film.frames(), 0, film.endPts(), 0, 9, "aac", false, film.audioDigest(), film.bytes());
    assertThat(job.report(encoded).warnings()).containsExactly("The source has 2 sound tracks, and the film has 1 of them.",
        "The sound was encoded to aac, because an MP4 file cannot hold pcm_f64le.");
    var silent = new FilmReport(film.frames(), 0, film.endPts(), 0, 0, "", false, "", film.bytes());
    Report report = job.report(silent);
    assertThat(report.sound()).isEmpty();
    assertThat(report.warnings()).containsExactly("The source has sound, but the film has none.");
  }

  @Test
  void listsEverySoundTrackThatWasKept() {
    var first = new AudioInfo(1, "aac", 48000, 2, new TimeBase(1, 48000), 0, "eng", true, true);
    var second = new AudioInfo(2, "dts", 48000, 6, new TimeBase(1, 48000), 0, "deu", false, false);
    var job = new SampleJob("method: none", List.of(first, second), 24);
    FilmReport film = job.film();
    var other = new SoundReport("aac", "deu", false, 7, Digests.sha256(new byte[] {3}));
    Report report = job.report(new FilmReport(film.frames(), 0, film.endPts(), 0, 9, "aac", true, film.audioDigest(), film.bytes(), List.of(other)));
    assertThat(report.otherSound()).containsExactly(new Report.Sound("aac", false, 7, other.digest()));
    assertThat(report.warnings()).containsExactly("Of the other sound tracks 1 was encoded to aac, because an MP4 file cannot hold them.");
    assertThat(Report.read(report.json().getBytes(StandardCharsets.UTF_8))).isEqualTo(report);
  }

  @Test
  void warnsOfDriftAndOfMissingFrames() {
    var job = new SampleJob("method: none", 24);
    var film = new FilmReport(23, 0, 24 * TICKS, -512, 99, "aac", true, job.film().audioDigest(), 1);
    Report report = job.report(film);
    assertThat(report.driftTicks()).isEqualTo(-512);
    assertThat(report.warnings()).containsExactly("The film has 23 frames where 24 were planned.",
        "The last picture is shown 0.042 s (512 ticks) too early.");
  }

  @Test
  void reportsWithoutFactsButSaysSo() {
    var job = new SampleJob("method: none", 24, 24);
    Report report = job.withoutFacts(job.shot(2).edits().getFirst().key()).report();
    assertThat(report.shots().getLast().takes().getFirst().made()).isEqualTo(Optional.empty());
    assertThat(report.warnings()).containsExactly("The facts of 1 segment are not known, so that their digests are missing here.");
  }

  @Test
  void refusesAFilmWithATaskThatHasNoMark() {
    var job = new SampleJob("method: none", 24);
    var film = new FinishedFilm(job.job, job.plan, job.assembly(), Map.of(), Map.of(), Map.of(), Map.of(), job.film(),
        SampleJob.FILM_DIGEST, 1);
    assertThatThrownBy(() -> new ReportBuilder("0.1.0", SampleJob.CLOCK).report(film)).isInstanceOf(InternalFault.class)
        .hasMessageContaining("no done mark of task " + job.shot(1).edits().getFirst().key());
  }
}
