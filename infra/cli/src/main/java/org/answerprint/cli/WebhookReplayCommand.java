package org.answerprint.cli;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.answerprint.events.JobId;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.webhooks.JobNews;
import org.answerprint.webhooks.Webhook;
import org.answerprint.webhooks.WebhookSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code webhook replay JOB}. */
@Command(name = "replay", description = "Post again that a job ended: the same event, under the same id.")
final class WebhookReplayCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(paramLabel = "JOB", description = "The job's id, or how it begins.")
  private String job;

  @Mixin
  private Options options;

  WebhookReplayCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    WebhookSettings settings = WebhookSettings.of(environment).orElseThrow(() -> new RequestFault(
        "there is nobody to tell; set ANSWERPRINT_WEBHOOK_URL and ANSWERPRINT_WEBHOOK_SECRET"));
    try (Session session = Session.open(environment, Place.of(environment, options), false, console.err()::println)) {
      JobId id = JobNames.find(session.jobs(), job);
      return post(settings, JobNews.ended(session.jobs(), id));
    }
  }

  private int post(WebhookSettings settings, Webhook webhook) {
    try {
      settings.sender(Clock.systemUTC()).send(webhook);
      console.say("delivered  " + webhook.id() + " to " + settings.target().url());
      return ExitCodes.DONE;
    } catch (TransientFault e) {
      console.err().println(Wording.sentence(e.getMessage()));
      return ExitCodes.FAILED;
    }
  }
}
