package org.answerprint.evaluation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.answerprint.flow.DenseFlow;
import org.answerprint.judges.Attribute;
import org.answerprint.judges.AttributeReader;
import org.answerprint.judges.Reading;
import org.answerprint.judges.TextImageModel;
import org.answerprint.metrics.ClipMotion;
import org.answerprint.metrics.ClipSimilarity;
import org.answerprint.metrics.Embedding;
import org.answerprint.metrics.KnownTracks;
import org.answerprint.metrics.MotionFidelity;
import org.answerprint.metrics.PixelMse;
import org.answerprint.metrics.Point;
import org.answerprint.metrics.PointTracker;
import org.answerprint.metrics.Track;
import org.answerprint.pictures.Picture;

/** Scores edits of the little world. Not for several threads at once. */
final class CaseJudge implements AutoCloseable {

  /** Seven of eight frames. */
  private static final double ENOUGH = 7 / 8.0;
  private static final int TRACK_SPACING = 3;
  /** Steps of a track: those of a short clip, so that films are measured alike. */
  private static final int TRACK_STEPS = EditCase.CLIP_FRAMES - 1;

  private final AttributeReader reader;
  private final TextImageModel similarity;
  private final DenseFlow flow = new DenseFlow();

  CaseJudge(AttributeReader reader, TextImageModel similarity) {
    this.reader = reader;
    this.similarity = similarity;
  }

  /** What all variants of an edit are held against. */
  record Yardstick(EditCase edit, ClipMotion estimated, ClipMotion known, List<Point> points, List<Track> tracks, Embedding prompt) {}

  Yardstick yardstick(EditCase edit, Task task) {
    int width = task.frames().getFirst().width();
    int height = task.frames().getFirst().height();
    List<Point> points = KnownTracks.onObject(edit.scene(), edit.frames(), width, height, TRACK_SPACING);
    List<Track> tracks = KnownTracks.of(edit.scene(), edit.frames(), width, height, points);
    return new Yardstick(edit, ClipMotion.estimated(flow, task.frames()), ClipMotion.known(edit.scene(), edit.frames(), width, height),
        points, inSteps(tracks), similarity.text(task.prompt()));
  }

  Score score(Yardstick yardstick, Edited edited) {
    EditCase edit = yardstick.edit();
    Optional<Double> motion = yardstick.points().isEmpty() ? Optional.empty() : boxed(MotionFidelity.ESTIMATED.paired(
        inSteps(new PointTracker(flow).track(edited.frames(), yardstick.points())), yardstick.tracks()));
    return new Score(edit.name(), edit.frames(), Optional.of(judged(yardstick, edited.frames())),
        PixelMse.of(edited.frames(), yardstick.estimated()).all(), motion, edited.secondsPerFrame());
  }

  private Judged judged(Yardstick yardstick, List<Picture> frames) {
    EditCase edit = yardstick.edit();
    List<Reading> readings = reader.read(frames);
    List<Embedding> embeddings = similarity.pictures(frames);
    Map<Attribute, Double> asked = new EnumMap<>(Attribute.class);
    edit.asked().forEach(attribute -> asked.put(attribute, share(readings, edit, attribute)));
    double kept = Stream.of(Attribute.values()).filter(Predicate.not(edit.asked()::contains))
        .mapToDouble(attribute -> share(readings, edit, attribute)).average().orElseThrow();
    int third = frames.size() / 3;
    return new Judged(edit.kind(), edit.turns(), asked, succeeds(readings, edit),
        edit.isFilm() ? Optional.of(succeeds(readings.subList(0, third), edit)) : Optional.empty(),
        edit.isFilm() ? Optional.of(succeeds(readings.subList(frames.size() - third, frames.size()), edit)) : Optional.empty(),
        kept, ClipSimilarity.text(embeddings, yardstick.prompt()), ClipSimilarity.consecutiveFrames(embeddings),
        trueMse(frames, yardstick.known()));
  }

  private static double trueMse(List<Picture> frames, ClipMotion known) {
    PixelMse mse = PixelMse.of(frames, known);
    return mse.trusted().orElse(mse.all());
  }

  static boolean succeeds(List<Reading> readings, EditCase edit) {
    return edit.asked().stream().allMatch(attribute -> share(readings, edit, attribute) >= ENOUGH);
  }

  private static double share(List<Reading> readings, EditCase edit, Attribute attribute) {
    return readings.stream().filter(reading -> reading.agrees(edit.wanted(), attribute)).count() / (double) readings.size();
  }

  static List<Track> inSteps(List<Track> tracks) {
    return tracks.stream().map(track -> track.inSteps(TRACK_STEPS)).toList();
  }

  static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  @Override
  public void close() {
    flow.close();
  }
}
