package org.answerprint.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** One plain line for each change, for logs and pipes. */
final class LineDisplay implements Display {

  private static final int STEPS = 4;

  private final PrintWriter out;
  private final Map<String, String> said = new HashMap<>();

  LineDisplay(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void note(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void show(JobView view) {
    say("job", "job " + view.job().id() + " for " + view.job().upload().key());
    if (view.job().order().isEmpty()) {
      return;
    }
    say("ingest", "ingest: accepted");
    if (view.planned()) {
      say("extract", "extract: " + Wording.count(view.shots().size(), "shot") + ", " + Wording.count(view.frames(), "frame"));
    } else if (view.extracting()) {
      say("extract", "extract: finding shots");
    }
    view.shots().forEach(shot -> say("shot " + shot.number(), Words.shot(shot, quarters(shot))));
    view.joins().forEach(join -> say("join " + join.after(), Words.join(join)));
    if (view.assembling()) {
      say("assemble", "assemble: joining");
    }
  }

  /** Progress in a few steps, so that a long shot does not fill the log. */
  private static long quarters(ShotView shot) {
    return shot.frames() == 0 ? 0 : shot.framesDone() * STEPS / shot.frames() * shot.frames() / STEPS;
  }

  private void say(String what, String line) {
    if (!line.equals(said.put(what, line)) && !line.isEmpty()) {
      note(line);
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
