package org.answerprint.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.answerprint.events.TaskKey;
import org.answerprint.jobs.Assembly.AssembledShot;
import org.answerprint.jobs.DoneMark;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.Prices;
import org.answerprint.jobs.SpentMark;
import org.answerprint.report.Receipt.Item;
import org.answerprint.report.Receipt.Work;

/** Adds up what a job's marks say of workers' seconds. For one receipt. */
final class ReceiptMaker {

  private final FinishedFilm made;
  private final Order order;
  private final Prices prices;
  private final Set<TaskKey> told = new HashSet<>();

  ReceiptMaker(FinishedFilm made) {
    this.made = made;
    this.order = made.job().accepted();
    this.prices = order.pricing().prices();
  }

  Receipt receipt() {
    List<Item> shots = made.plan().shots().stream().map(shot -> new Item(shot.number(), work(tasks(shot)))).toList();
    List<Item> transitions = new ArrayList<>();
    for (AssembledShot shot : made.assembly().shots()) {
      shot.transition().ifPresent(task -> transitions.add(new Item(shot.shot().number(), work(List.of(task.key())))));
    }
    Set<TaskKey> rest = new HashSet<>(made.done().keySet());
    rest.addAll(made.spent().keySet());
    rest.removeAll(told);
    Work other = work(rest);
    List<Work> all = Stream.concat(Stream.concat(shots.stream(), transitions.stream()).map(Item::work), Stream.of(other)).toList();
    return new Receipt(prices.currency(), prices.perSecond(), order.estimate().cost(), made.plan().estimate().cost(), shots, transitions, other,
        ReportBuilder.rounded(all.stream().mapToDouble(Work::seconds).sum()),
        all.stream().map(Work::cost).reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  /** Pieces that were finished before another one failed were work too, and so were those that stand in for it. */
  private static List<TaskKey> tasks(PlannedShot shot) {
    return Stream.concat(shot.edits().stream(), shot.fallbacks().stream()).map(EditTask::key).distinct().toList();
  }

  private Work work(Collection<TaskKey> tasks) {
    told.addAll(tasks);
    double useful = tasks.stream().filter(made.done()::containsKey).map(made.done()::get).mapToDouble(DoneMark::seconds).sum();
    double wasted = ReportBuilder.rounded(tasks.stream().mapToDouble(this::wasted).sum());
    double seconds = ReportBuilder.rounded(useful + wasted);
    return new Work(seconds, wasted, prices.cost(seconds));
  }

  /** A worker that was taken for dead may have come back and finished. */
  private double wasted(TaskKey task) {
    int finished = made.done().containsKey(task) ? made.done().get(task).attempt() : 0;
    return made.spent().getOrDefault(task, List.of()).stream().filter(mark -> mark.attempt() != finished).mapToDouble(SpentMark::seconds).sum();
  }
}
