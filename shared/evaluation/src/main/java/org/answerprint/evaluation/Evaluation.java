package org.answerprint.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.answerprint.bundles.Bundle;
import org.answerprint.evaluation.OwnClips.Asked;
import org.answerprint.judges.ToyboxJudges;
import org.answerprint.pipeline.ImageModel;
import org.answerprint.pipeline.PictureSize;
import org.answerprint.runtime.Engine;

/**
 * Runs variants on edits, edit by edit, so that what they share is made once. What an earlier run of the same model, judges and
 * protocol on the same kind of engine has kept is found and not made again. Not for several threads at once.
 *
 * @param bundle of the model
 * @param engine where networks run
 * @param atOnce how many edits are made at a time, each on a thread of its own
 * @param protocol what variants have in common
 * @param folder where edits are kept, in a folder of their own for each model, set of judges and protocol
 */
public record Evaluation(Bundle bundle, Engine engine, int atOnce, Protocol protocol, Path folder) {

  private static final int DIGEST_SHOWN = 16;
  /** Of renderer, methods and measures together: raised whenever one of them comes to give other numbers. */
  private static final int VERSION = 2;

  /**
   * The table over the first edits of the fixed set.
   *
   * @param variants rows of the table
   * @param extended whether the headline variant, where it is among them, also runs an extension to at least a hundred edits of each
   *     kind
   */
  public Table run(int edits, List<Variant> variants, boolean extended, Progress progress) {
    boolean extending = extended && variants.contains(Variant.named(Variant.HEADLINE));
    List<EditCase> all = EditCases.first(extending ? Math.max(edits, Table.EXTENDED * EditKind.values().length) : edits);
    Run run = new Run(variants, edits * variants.size() + all.size() - edits, progress);
    Shelf shelf = shelf();
    ImageModel model = ImageModel.of(bundle);
    AtOnce.run(atOnce, all.size(), () -> WorldBench.open(model, engine, protocol), (bench, i) -> {
      EditCase edit = all.get(i);
      run.edit(shelf, edit.name(), i < edits ? variants : List.of(Variant.named(Variant.HEADLINE)), () -> bench.turn(edit));
    });
    Set<String> set = all.stream().limit(edits).map(EditCase::name).collect(Collectors.toSet());
    return new Table(set, run.scores(), protocol, bundle.manifest().digest());
  }

  /**
   * The table over somebody's own footage ({@link OwnClips}): without what only judges of the little world can say, and without rows
   * of edits that only its renderer knows.
   *
   * @param asked rows of the table
   * @throws org.answerprint.faults.RequestFault where the folder holds nothing to run, or a film cannot be read
   */
  public Table run(Path clips, List<Variant> asked, Progress progress) {
    List<Variant> variants = Variant.anywhere(asked);
    ImageModel model = ImageModel.of(bundle);
    List<Asked> all = OwnClips.in(clips);
    Run run = new Run(variants, all.size() * variants.size(), progress);
    AtOnce.run(atOnce, all.size(), ClipJudge::new, (judge, i) -> {
      Asked clip = all.get(i);
      PictureSize size = OwnClips.size(clip, model);
      try (Studio studio = new Studio(model, engine, size, protocol)) {
        run.edit(shelf(clip), clip.name(), variants, () -> {
          Sitting sitting = new Sitting(studio, OwnClips.task(clip, size));
          ClipJudge.Yardstick yardstick = judge.yardstick(sitting.task());
          return new Run.Turn(sitting, edited -> judge.score(yardstick, edited));
        });
      }
    });
    Set<String> set = all.stream().map(Asked::name).collect(Collectors.toSet());
    return new Table(set, run.scores(), protocol, bundle.manifest().digest());
  }

  /**
   * Writes a page that shows the headline variant beside others, blind, from edits of the fixed set that are kept: {@code index.html}
   * with its pictures.
   *
   * @param edits how many of the set it may show
   * @return how many pairs it shows
   */
  public int study(Path page, int edits) {
    List<EditCase> cases = EditCases.first(edits);
    Shelf shelf = shelf();
    Study study = Study.of(shelf, cases, protocol.seed());
    study.write(page, shelf, cases);
    return study.pairs().size();
  }

  /**
   * What people preferred, added up over files of votes that studies of this model and protocol have given out.
   *
   * @throws org.answerprint.faults.RequestFault where a file holds no such votes
   */
  public Preferences votes(List<Path> files) {
    Shelf shelf = shelf();
    return Preferences.of(files.stream().flatMap(file -> Votes.read(file, shelf).votes().stream()).toList());
  }

  private Shelf shelf() {
    return shelf(ToyboxJudges.digest());
  }

  /** Own footage is kept by its content and its prompts. */
  private Shelf shelf(Asked asked) {
    return shelf(asked.digest());
  }

  private Shelf shelf(String digest) {
    String where = switch (engine) {
      case Engine.Cpu _ -> "cpu";
      case Engine.Cuda _ -> "cuda";
    };
    return new Shelf(folder.resolve("%s-%s-%s-%s-v%d".formatted(
        shown(bundle.manifest().digest()), shown(digest), protocol.key(), where, VERSION)));
  }

  private static String shown(String digest) {
    return digest.substring(0, DIGEST_SHOWN);
  }
}
