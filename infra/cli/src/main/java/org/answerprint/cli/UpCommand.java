package org.answerprint.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.answerprint.faults.Fault;
import org.answerprint.faults.RequestFault;
import org.answerprint.jobs.JobStore;
import org.answerprint.storage.Buckets;
import org.answerprint.stage.StageSettings;
import org.answerprint.storage.S3ObjectStore;
import org.answerprint.storage.StorageSettings;
import org.answerprint.uploads.UploadRules;
import org.answerprint.webhooks.WebhookSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code up}. */
@Command(name = "up", description = "Run the local system until Ctrl-C, so that videos can be dropped into its bucket.")
final class UpCommand implements Callable<Integer> {

  private static final int USUAL_S3_PORT = 9300;
  private static final long LOOK_MILLIS = 2000;

  private final Map<String, String> environment;
  private final Console console;
  private volatile boolean stopping;

  @Option(names = "--s3-port", paramLabel = "PORT", description = "Of the S3 server (default: 9300, or a free one where that is in use).")
  private Optional<Integer> s3Port = Optional.empty();

  @Option(names = "--kafka-port", paramLabel = "PORT", description = "Of the Kafka broker (default: a free one).")
  private int kafkaPort;

  @Option(names = "--http-port", paramLabel = "PORT", description = "Of the functions (default: a free one).")
  private int httpPort;

  @Option(names = "--workers", paramLabel = "N", defaultValue = "2", description = "How many edit at a time (default: 2).")
  private int workers;

  @Mixin
  private Options options;

  UpCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    check();
    Place place = Place.of(environment, options);
    Running.in(place.data()).ifPresent(running -> {
      throw new RequestFault("the data folder " + place.data() + " is in use by process " + running.pid()
          + "; use that system, end it, or name another folder with --data");
    });
    console.say("Starting the local system in " + place.data() + " ...");
    LocalSystem system = LocalSystem.start(place, new LocalSystem.Wanted(s3Port(), kafkaPort, httpPort, workers, false), console::say);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("down").unstarted(() -> down(place, system)));
    StorageSettings storage = system.storage();
    JobStore jobs = new JobStore(new S3ObjectStore(storage.withPatience(Session.STORE_PATIENCE)), storage.buckets());
    Seeds.once(place.data(), jobs.objects(), storage.buckets().in());
    system.announce();
    welcome(place, system, storage);
    return follow(jobs);
  }

  private void check() {
    for (int port : new int[] {s3Port.orElse(0), kafkaPort, httpPort}) {
      if (port < 0 || port > 65_535) {
        throw new RequestFault("a port is from 0 to 65535, not " + port);
      }
    }
    if (workers < 1 || workers > 64) {
      throw new RequestFault("there are 1 to 64 workers, not " + workers);
    }
    requireFree(httpPort);
    // what the functions would end over, said before anything starts
    StageSettings.of(environment);
    UploadRules.of(environment);
    WebhookSettings.of(environment);
  }

  private static void requireFree(int port) {
    if (port != 0 && !isFree(port)) {
      throw new RequestFault("port " + port + " on 127.0.0.1 is in use; stop what listens there or choose another port");
    }
  }

  /** A port that was asked for is used or refused; the usual one gives way. */
  private int s3Port() {
    if (s3Port.isPresent() || isFree(USUAL_S3_PORT)) {
      return s3Port.orElse(USUAL_S3_PORT);
    }
    console.say("Port " + USUAL_S3_PORT + " is in use, so the S3 server takes a free one.");
    return 0;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private void down(Place place, LocalSystem system) {
    stopping = true;
    console.say("");
    console.say("Stopping; open jobs go on with the next ./answerprint up.");
    Running.remove(place.data());
    system.close();
    console.say("Stopped.");
    // Ctrl-C is how it is meant to end
    Runtime.getRuntime().halt(ExitCodes.DONE);
  }

  private void welcome(Place place, LocalSystem system, StorageSettings storage) {
    StorageSettings.Credentials keys = storage.credentials().orElseThrow();
    Buckets buckets = storage.buckets();
    String aws = "aws --endpoint-url " + system.s3Endpoint() + " s3 ";
    console.say("");
    console.say("Answerprint is up. Ctrl-C stops it.");
    console.say("  S3 endpoint   " + system.s3Endpoint() + " (path style, region " + storage.region() + ")");
    console.say("  access key    " + keys.accessKey());
    console.say("  secret key    " + keys.secretKey());
    console.say("  videos go to  s3://" + buckets.in());
    console.say("  results are   s3://" + buckets.out() + "/<video's key>/ (film, report, contact sheet; latest.json names the newest)");
    console.say("  work is in    s3://" + buckets.work());
    console.say("  functions     http://127.0.0.1:" + system.httpPort() + " (posts carry Authorization: Bearer " + system.httpToken() + ")");
    console.say("  Kafka         " + system.kafka());
    console.say("  logs          " + place.data().resolve("logs"));
    console.say("");
    console.say("Drop a video with any S3 client, for example:");
    console.say("  export AWS_ACCESS_KEY_ID=" + keys.accessKey() + " AWS_SECRET_ACCESS_KEY=" + keys.secretKey()
        + " AWS_DEFAULT_REGION=" + storage.region());
    console.say("  " + aws + "cp video.mp4 s3://" + buckets.in() + "/");
    console.say("  " + aws + "cp --recursive s3://" + buckets.out() + "/video.mp4/ .");
    console.say("What is done with it stands in s3://" + buckets.in() + "/recipe.yaml; change it and upload it again:");
    console.say("  " + aws + "cp s3://" + buckets.in() + "/recipe.yaml .");
    console.say("");
  }

  /** The supervisor says what is wrong, and the next look finds what was missed; what stops with us is no trouble. */
  private void complain(Fault fault) {
    if (!stopping) {
      console.err().println(Wording.problem(fault));
    }
  }

  private int follow(JobStore jobs) {
    UpNews news = new UpNews(jobs, console::say);
    while (!stopping) {
      try {
        Thread.sleep(LOOK_MILLIS);
        news.look();
      } catch (InterruptedException e) {
        return ExitCodes.DONE;
      } catch (Fault e) {
        complain(e);
      }
    }
    return ExitCodes.DONE;
  }
}
