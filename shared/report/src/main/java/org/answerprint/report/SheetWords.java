package org.answerprint.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.answerprint.events.TaskKey;
import org.answerprint.report.ReportedShot.Take;

/** What a contact sheet says of a film and its shots. */
final class SheetWords {

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private SheetWords() {}

  static String subtitle(Report report) {
    int shots = report.shots().size();
    String film = String.join("  ·  ", "job " + report.job(), DATE.format(report.finished()),
        shots + (shots == 1 ? " shot" : " shots"), report.picture().width() + "x" + report.picture().height(),
        time(report.result().lengthSeconds()));
    return report.receipt().filter(Receipt::charges)
        .map(receipt -> film + "  ·  " + receipt.cost().toPlainString() + " " + receipt.currency()).orElse(film);
  }

  static SheetShot shot(ReportedShot shot, IntFunction<Optional<byte[]>> before, Function<TaskKey, Optional<byte[]>> after) {
    return new SheetShot(shot.number(), time(shot.startSeconds()), captions(shot), shot.fallback().isPresent(),
        () -> before.apply(shot.number()), () -> middleFirst(shot).stream().flatMap(take -> after.apply(take.key()).stream()).findFirst());
  }

  /** Minutes and seconds, with hours where there are any: {@code 0:07.250}. */
  static String time(double seconds) {
    long millis = Math.round(seconds * 1000);
    long minutes = millis / 60_000;
    String rest = String.format(Locale.ROOT, "%02d.%03d", millis / 1000 % 60, millis % 1000);
    return minutes < 60 ? minutes + ":" + rest : String.format(Locale.ROOT, "%d:%02d:%s", minutes / 60, minutes % 60, rest);
  }

  private static List<String> captions(ReportedShot shot) {
    var captions = new ArrayList<String>();
    captions.add(shot.fallback().map(why -> why.asked() + " failed, shown as it was: " + why.reason()).orElseGet(() -> method(shot)));
    text(shot.parameters(), "prompt").ifPresent(captions::add);
    shot.takes().stream().flatMap(take -> take.made().stream()).flatMap(made -> made.caption().stream()).findFirst()
        .ifPresent(caption -> captions.add("seen as: " + caption));
    return captions;
  }

  private static String method(ReportedShot shot) {
    var words = new ArrayList<String>();
    words.add(shot.method());
    text(shot.parameters(), "model").ifPresent(words::add);
    shot.parameters().path("options").properties().forEach(option -> words.add(option.getKey() + " " + option.getValue().asText()));
    if (shot.foundMade()) {
      words.add("found made");
    }
    return String.join("  ·  ", words);
  }

  private static Optional<String> text(JsonNode parameters, String name) {
    return Optional.of(parameters.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  private static List<Take> middleFirst(ReportedShot shot) {
    int middle = shot.frames() / 2;
    return shot.takes().stream().sorted(Comparator.comparing(take -> !holds(take, middle))).toList();
  }

  private static boolean holds(Take take, int frame) {
    return frame >= take.firstFrame() && frame < take.firstFrame() + take.frames();
  }
}
