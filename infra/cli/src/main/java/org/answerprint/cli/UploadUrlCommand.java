package org.answerprint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.answerprint.faults.RequestFault;
import org.answerprint.storage.StorageSettings;
import org.answerprint.uploads.SignedUpload;
import org.answerprint.uploads.UploadDoor;
import org.answerprint.uploads.UploadRules;
import org.answerprint.uploads.UploadWish;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code upload-url KEY}. */
@Command(name = "upload-url", description = "Sign one upload for somebody without keys: of one key, of one size, for minutes.")
final class UploadUrlCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(paramLabel = "KEY", description = "What the upload is called in the bucket.")
  private String key;

  @ArgGroup(multiplicity = "1")
  private Size size;

  @Option(names = "--minutes", paramLabel = "N", description = "How long it may be sent, 1 to 60 (default: ANSWERPRINT_UPLOAD_SECONDS, or 15 minutes).")
  private Optional<Integer> minutes = Optional.empty();

  @Option(names = "--replace", description = "It may take the place of what has this key; else it is good for one upload.")
  private boolean replace;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin
  private Options options;

  private static final class Size {

    @Option(names = "--size", paramLabel = "BYTES", required = true, description = "How many bytes the upload has, exactly.")
    private Optional<Long> bytes = Optional.empty();

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "A file of this machine that has as many.")
    private Optional<Path> file = Optional.empty();
  }

  /** What {@code --json} prints. */
  private record Signed(String method, String url, SortedMap<String, String> headers, String expires) {}

  UploadUrlCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    UploadRules rules = UploadRules.of(environment);
    Duration lifetime = minutes.map(Duration::ofMinutes).orElse(rules.lifetime());
    UploadWish wish = new UploadWish(key, bytes(), replace, Optional.of(lifetime));
    try (UploadDoor door = new UploadDoor(storage(), new UploadRules(rules.mostBytes(), UploadRules.LONGEST))) {
      print(door.sign(wish));
    }
    return ExitCodes.DONE;
  }

  private long bytes() {
    return size.bytes.orElseGet(() -> {
      Path file = size.file.orElseThrow();
      try {
        return Files.size(file);
      } catch (IOException e) {
        throw new RequestFault("there is no file " + file + " that can be read; check the path", e);
      }
    });
  }

  /** A system that ends with this command would take no upload. */
  private StorageSettings storage() {
    if (environment.containsKey("ANSWERPRINT_S3_ENDPOINT")) {
      return StorageSettings.of(environment);
    }
    Place place = Place.of(environment, options);
    return Running.in(place.data()).map(running -> running.storage(place.data())).orElseThrow(() -> new RequestFault(
        "no system runs that an upload could be sent to; start ./answerprint up, or name a store with ANSWERPRINT_S3_ENDPOINT"));
  }

  private void print(SignedUpload upload) {
    if (json) {
      console.say(JsonOut.write(new Signed(upload.method(), upload.url().toString(), upload.headers(), upload.expires().toString())));
      return;
    }
    console.say("url      " + upload.url());
    upload.headers().forEach((name, value) -> console.say("header   " + name + ": " + value));
    console.say("expires  " + upload.expires());
    console.say("send     curl -T " + size.file.map(Path::toString).orElse("FILE")
        + (replace ? "" : " -H 'if-none-match: *'") + " '" + upload.url() + "'");
  }
}
