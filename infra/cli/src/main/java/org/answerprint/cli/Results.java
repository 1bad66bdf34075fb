package org.answerprint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobStore;
import org.answerprint.report.Receipt;
import org.answerprint.report.Report;

/**
 * Where the results of a job go on this machine.
 *
 * @param film the edited video
 * @param report beside it
 * @param contactSheet beside it
 */
record Results(Path film, Path report, Path contactSheet) {

  /** Results named after the film's file. */
  static Results at(Path film) {
    Path file = film.toAbsolutePath().normalize();
    String name = file.getFileName().toString();
    String stem = name.lastIndexOf('.') > 0 ? name.substring(0, name.lastIndexOf('.')) : name;
    return new Results(file, file.resolveSibling(stem + ".report.json"), file.resolveSibling(stem + ".contact-sheet.png"));
  }

  /**
   * Refuses, before any work, what could not be written in the end.
   *
   * @param source must not be written over
   */
  void check(Path source) {
    Path folder = film.getParent();
    if (Files.isDirectory(film)) {
      throw new RequestFault(film + " is a folder; name a file for --out");
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new RequestFault("the folder " + folder + " of --out does not exist or cannot be written to; create it or name another");
    }
    if (film.equals(source.toAbsolutePath().normalize())) {
      throw new RequestFault(film + " is the video itself; name another file for --out");
    }
  }

  /** Copies a final job's results; each file is whole or not there, and the film comes last. */
  void fetch(JobStore jobs, Job job) {
    fetch(jobs, job.reportKey(), report);
    fetch(jobs, job.contactSheetKey(), contactSheet);
    fetch(jobs, job.filmKey(), film);
  }

  /** What the film that was fetched cost, where seconds cost anything. */
  Optional<Receipt> receipt() {
    try {
      return Report.read(Files.readAllBytes(report)).receipt().filter(Receipt::charges);
    } catch (IOException e) {
      throw new InternalFault("the report " + report + " that was just written cannot be read", e);
    }
  }

  /** Where the contact sheet of a preview goes. */
  Path preview() {
    String name = contactSheet.getFileName().toString();
    return contactSheet.resolveSibling(name.replaceFirst("(\\.edited)?\\.contact-sheet\\.png$", ".preview.png"));
  }

  /** Copies one result; it is whole or not there. */
  static void fetch(JobStore jobs, String key, Path file) {
    if (!jobs.objects().download(jobs.buckets().out(), key, file)) {
      throw new InternalFault("the result " + key + " is not in bucket " + jobs.buckets().out() + " any more; land the video again");
    }
  }
}
