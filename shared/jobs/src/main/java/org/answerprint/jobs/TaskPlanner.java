package org.answerprint.jobs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.answerprint.events.TaskKey;
import org.answerprint.joins.Joins;
import org.answerprint.methods.EditMethod;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.recipe.Transition;
import org.answerprint.shots.Cut;
import org.answerprint.storage.Digests;

/** Turns a shot into tasks, the same tasks for the same inputs, on every machine and at any time. Stateless. */
public final class TaskPlanner {

  /** Long shots are edited in pieces of about this many frames, where the method looks at one frame at a time. */
  static final int PIECE_FRAMES = 240;

  /** Changes when the form of takes or transitions changes, so that old ones are not found. */
  private static final String FORM = "1";

  private final Job job;
  private final Order order;

  public TaskPlanner(Job job) {
    this.job = job;
    this.order = job.accepted();
  }

  /**
   * A shot as it was found.
   *
   * @param number from 1
   * @param source index into the order's sources
   * @param firstFrame number of its first frame in the edited film
   * @param pts of its frames in the source
   * @param times of its frames in the edited film
   * @param end tick behind its last frame
   * @param filmStart the edited film's first tick
   * @param last whether the film ends with it
   */
  public record Found(
      int number, int source, Cut cut, long firstFrame, long[] pts, long[] times, long end, long filmStart, boolean last) {}

  /**
   * The shot with its tasks.
   *
   * @param before how the shot before it passes into this one
   * @param keyPts pts of the key frames among its frames, in the source
   */
  public PlannedShot plan(Found shot, JoinSpec before, long[] keyPts) {
    int frames = shot.pts().length;
    ShotRecipe recipe = order.recipeFor(shot.source(), shot.number(), shot.times()[0] - shot.filmStart());
    int head = Math.min(before.rightFrames(), sideLimit(frames));
    JoinSpec join = shot.last() ? JoinSpec.CUT : join(recipe.transition(), frames);
    List<EditTask> edits = tasks(shot, keyPts, essential(recipe), head, join.leftFrames(), false);
    boolean plain = recipe.method().equals(Methods.NONE);
    return new PlannedShot(shot.number(), shot.source(), shot.cut(), shot.firstFrame(), frames, shot.times()[0], shot.end(),
        shot.filmStart(), head, join, edits, plain ? List.of() : tasks(shot, keyPts, Methods.plain(), head, join.leftFrames(), true));
  }

  /** A transition replaces half of its frames on each side of the cut, and at least one frame stays between two of them. */
  private static JoinSpec join(Transition transition, int frames) {
    if (transition.isCut()) {
      return JoinSpec.CUT;
    }
    int left = transition.frames() / 2;
    return new JoinSpec(transition.type(), Math.min(left, sideLimit(frames)), transition.frames() - left, transition.prompt());
  }

  private static int sideLimit(int frames) {
    return (frames - 1) / 2;
  }

  /** What the pixels depend on: a prompt that a method does not read must not make it work again. */
  private static ShotRecipe essential(ShotRecipe recipe) {
    return Methods.byName(recipe.method()).essential(recipe);
  }

  private List<EditTask> tasks(Found shot, long[] keyPts, ShotRecipe recipe, int head, int tail, boolean fallback) {
    EditMethod method = Methods.byName(recipe.method());
    int target = method.framewise() ? PIECE_FRAMES : shot.pts().length;
    int[] bounds = Pieces.bounds(shot.pts(), keyPts, target, head, tail);
    int pieces = bounds.length - 1;
    List<EditTask> tasks = new ArrayList<>();
    for (int piece = 1; piece <= pieces; piece++) {
      int from = bounds[piece - 1];
      int to = bounds[piece];
      int pieceHead = piece == 1 ? head : 0;
      int pieceTail = piece == pieces ? tail : 0;
      tasks.add(new EditTask(editKey(shot, recipe, method, from, to, pieceHead, pieceTail), shot.number(), piece, from, to - from,
          pieceHead, pieceTail, method.name(), fallback));
    }
    return tasks;
  }

  private TaskKey editKey(Found shot, ShotRecipe recipe, EditMethod method, int from, int to, int head, int tail) {
    SourceFilm source = order.sources().get(shot.source());
    long after = to < shot.times().length ? shot.times()[to] : shot.end();
    return TaskKey.hashOf(List.of("edit", FORM, method.name(), method.version(), recipe.canonical(), Json.write(used(method, recipe)),
        source.tag(), Long.toString(source.object().size()), Integer.toString(source.info().video().stream()),
        ticks(shot.pts(), from, to), ticks(shot.times(), from, to), Long.toString(after),
        Integer.toString(head), Integer.toString(tail), Json.write(order.encoder()), Json.write(order.timeBase()), anew(shot.number())));
  }

  private Map<String, String> used(EditMethod method, ShotRecipe recipe) {
    Map<String, String> used = new TreeMap<>();
    method.assets(recipe.options()).forEach(key -> used.put(key, order.assets().getOrDefault(key, "")));
    method.model(recipe).ifPresent(name -> used.put("model", order.models().getOrDefault(name, "")));
    return used;
  }

  private String anew(int shot) {
    return job.retry().filter(r -> r.shot().isPresent() && r.shot().getAsInt() == shot).map(r -> r.of() + "/" + r.number()).orElse("");
  }

  private static String ticks(long[] ticks, int from, int to) {
    return Digests.sha256(Arrays.toString(Arrays.copyOfRange(ticks, from, to)).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The transition between two neighbours made of these takes, or empty where they simply meet.
   *
   * @param fallback a plain dissolve, for where the asked one failed
   */
  public Optional<TransitionTask> transition(PlannedShot left, List<EditTask> leftTakes, PlannedShot right, List<EditTask> rightTakes, boolean fallback) {
    int leftFrames = left.join().leftFrames();
    int rightFrames = right.head();
    if (leftFrames + rightFrames == 0) {
      return Optional.empty();
    }
    String type = fallback ? "dissolve" : left.join().type();
    TaskKey leftTake = leftTakes.getLast().key();
    TaskKey rightTake = rightTakes.getFirst().key();
    TaskKey key = TaskKey.hashOf(List.of("transition", FORM, type, Joins.byName(type).version(), left.join().prompt().orElse(""),
        leftTake.value(), rightTake.value(), Integer.toString(leftFrames), Integer.toString(rightFrames), Json.write(order.encoder())));
    return Optional.of(new TransitionTask(key, left.number(), type, left.join().prompt(), leftTake, rightTake, leftFrames, rightFrames, fallback));
  }

  /** The transition of that key between two neighbours, whichever takes it was made of. */
  public Optional<TransitionTask> transition(PlannedShot left, PlannedShot right, TaskKey key) {
    return takes(left).flatMap(l -> takes(right).flatMap(r -> Stream.of(false, true).map(fallback -> transition(left, l, right, r, fallback))))
        .flatMap(Optional::stream).filter(task -> task.key().equals(key)).findFirst();
  }

  private static Stream<List<EditTask>> takes(PlannedShot shot) {
    return Stream.of(shot.edits(), shot.fallbacks()).filter(takes -> !takes.isEmpty());
  }
}
