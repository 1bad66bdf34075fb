package org.answerprint.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A picture of the whole job that is drawn over again and again, for people at a terminal. */
final class BarDisplay implements Display {

  private static final int BAR = 24;
  private static final int MOST_SHOTS = 12;
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private List<String> drawn = List.of();

  BarDisplay(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void note(String line) {
    erase();
    out.println(line);
    draw(drawn);
  }

  @Override
  public void show(JobView view) {
    List<String> lines = lines(view);
    erase();
    draw(lines);
  }

  @Override
  public void close() {
    drawn = List.of();
  }

  private void erase() {
    if (!drawn.isEmpty()) {
      out.print(String.format(Locale.ROOT, UP, drawn.size()) + "\r" + CLEAR_BELOW);
    }
  }

  private void draw(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
    drawn = lines;
  }

  private static List<String> lines(JobView view) {
    List<String> lines = new ArrayList<>();
    lines.add("job " + view.job().id() + "  " + view.job().upload().key());
    lines.add(stage("ingest", view.job().order().isPresent() ? 1 : 0, 1, ""));
    lines.add(stage("extract", view.planned() ? 1 : 0, 1, Wording.count(view.shots().size(), "shot") + (view.planned() ? "" : " so far")));
    lines.add(stage("edit", view.framesDone(), view.planned() ? view.frames() : Math.max(1, 2 * view.frames()),
        view.shotsWhole() + " of " + Wording.count(view.shots().size(), "shot")));
    List<ShotView> shown = shown(view.shots());
    shown.forEach(shot -> lines.add(shotLine(shot)));
    if (shown.size() < view.shots().size()) {
      lines.add(DIM + "    and " + Wording.count(view.shots().size() - shown.size(), "other shot") + PLAIN);
    }
    if (!view.joins().isEmpty()) {
      lines.add(stage("transition", view.joinsWhole(), view.joins().size(), view.joinsWhole() + " of " + view.joins().size()));
    }
    lines.add(stage("assemble", view.end().isPresent() ? 1 : 0, 1, view.state().equals("running") && !view.assembling() ? "" : view.state()));
    return lines;
  }

  /** Those that are worked on or in trouble come first where there is no room for all. */
  private static List<ShotView> shown(List<ShotView> shots) {
    if (shots.size() <= MOST_SHOTS) {
      return shots;
    }
    return shots.stream().filter(shot -> shot.state() != TaskState.DONE && shot.state() != TaskState.PLANNED).limit(MOST_SHOTS).toList();
  }

  private static String stage(String name, long done, long total, String words) {
    return String.format(Locale.ROOT, "  %-10s %s  %s", name, bar(done, total, BAR), words);
  }

  private static String shotLine(ShotView shot) {
    String words = switch (shot.state()) {
      case PLANNED -> "";
      case RUNNING -> shot.framesDone() + " of " + shot.frames() + " frames";
      case DONE -> shot.attempts() == 0 ? "found made" : "done";
      case FALLBACK -> "its source stands in";
      case FAILED -> "failed";
    };
    return String.format(Locale.ROOT, "    %s%3d %-12s%s %s  %s", DIM, shot.number(), shot.method(), PLAIN,
        bar(shot.framesDone(), shot.frames(), BAR / 2), words);
  }

  private static String bar(long done, long total, int width) {
    int full = total <= 0 ? 0 : Math.clamp(done * width / total, 0, width);
    return "\u2588".repeat(full) + "\u2591".repeat(width - full);
  }
}
