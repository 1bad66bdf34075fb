package org.answerprint.report;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectVersion;
import org.answerprint.frames.Colour;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.Retry;
import org.answerprint.recipe.Recipe;

/**
 * How a film was made: {@code <key>/<jobId>.report.json} in the bucket {@code out}. The published schema is the
 * resource {@link #SCHEMA}. Times come twice, in exact ticks of {@link #timeBase} and in seconds rounded to
 * milliseconds, for people; digests are sha256 in lower-case hexadecimal; shots and sources count from 1.
 *
 * @param schemaVersion of this form; fields are added without changing it
 * @param job the job's id
 * @param retry set where the job repeats another
 * @param upload the object whose landing asked for the job
 * @param created when the job was accepted
 * @param finished when this was written
 * @param sources what was read, in order
 * @param assets keys of other objects that the recipe needed, with the ETags they had
 * @param recipe resolved, as the job was given it
 * @param picture the film's geometry, rate and colour
 * @param encoder what encoded every segment
 * @param timeBase of all ticks
 * @param shots in order
 * @param transitions in order; plain cuts are not among them
 * @param sound the track that players choose; empty for a silent film
 * @param otherSound the tracks beside it
 * @param driftTicks how much later than asked for the last picture is shown, in ticks; negative if earlier
 * @param result the film
 * @param contactSheet its key in the bucket {@code out}
 * @param seconds what it took
 * @param receipt what it cost; reports of before there were receipts have none
 * @param software what made it
 * @param warnings what a person should know, one sentence each
 */
public record Report(
    int schemaVersion,
    JobId job,
    Optional<Retry> retry,
    ObjectVersion upload,
    Instant created,
    Instant finished,
    List<Source> sources,
    SortedMap<String, String> assets,
    Recipe recipe,
    Picture picture,
    Encoder encoder,
    TimeBase timeBase,
    List<ReportedShot> shots,
    List<ReportedTransition> transitions,
    Optional<Sound> sound,
    List<Sound> otherSound,
    long driftTicks,
    Result result,
    String contactSheet,
    Seconds seconds,
    Optional<Receipt> receipt,
    Software software,
    List<String> warnings) {

  /** The form written now. */
  public static final int SCHEMA_VERSION = 1;

  /** The class path resource that holds the JSON Schema. */
  public static final String SCHEMA = "/report.schema.json";

  public Report {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(upload, "upload");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(finished, "finished");
    sources = List.copyOf(sources);
    assets = sorted(assets);
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(timeBase, "timeBase");
    shots = List.copyOf(shots);
    transitions = List.copyOf(transitions);
    Objects.requireNonNull(sound, "sound");
    otherSound = Optional.ofNullable(otherSound).map(List::copyOf).orElse(List.of());
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(contactSheet, "contactSheet");
    Objects.requireNonNull(seconds, "seconds");
    Objects.requireNonNull(receipt, "receipt");
    Objects.requireNonNull(software, "software");
    warnings = List.copyOf(warnings);
  }

  /** Indented JSON with a newline at its end; equal reports have equal text. */
  public String json() {
    return ReportJson.write(this);
  }

  /**
   * The report that {@link #json()} wrote, or a later version of us with more fields.
   *
   * @throws org.answerprint.faults.InternalFault where it is no report
   */
  public static Report read(byte[] json) {
    return ReportJson.read(json);
  }

  /**
   * One upload that was read.
   *
   * @param object which object, and which version of it
   * @param tag the ETag that every read was pinned to
   * @param still whether it is a picture
   * @param container FFmpeg's name of the format
   * @param videoCodec FFmpeg's name of the codec
   * @param width upright, in pixels
   * @param height upright, in pixels
   */
  public record Source(
      ObjectVersion object, String tag, boolean still, String container, String videoCodec, int width, int height) {

    public Source {
      Objects.requireNonNull(object, "object");
      Objects.requireNonNull(tag, "tag");
      Objects.requireNonNull(container, "container");
      Objects.requireNonNull(videoCodec, "videoCodec");
    }
  }

  /**
   * What every frame of the film has in common.
   *
   * @param width in pixels
   * @param height in pixels
   * @param sampleAspect of one pixel, {@code 1:1} where square
   * @param frameRate on average, in frames per second as a fraction such as {@code 24000/1001}
   * @param pixelFormat FFmpeg's name
   * @param colour what the film is tagged with
   */
  public record Picture(int width, int height, String sampleAspect, String frameRate, String pixelFormat, Colour colour) {

    public Picture {
      Objects.requireNonNull(sampleAspect, "sampleAspect");
      Objects.requireNonNull(frameRate, "frameRate");
      Objects.requireNonNull(pixelFormat, "pixelFormat");
      Objects.requireNonNull(colour, "colour");
    }
  }

  /**
   * What encoded every segment.
   *
   * @param name FFmpeg's name
   * @param options the encoder's own
   * @param gop most frames between key frames
   */
  public record Encoder(String name, SortedMap<String, String> options, int gop) {

    public Encoder {
      Objects.requireNonNull(name, "name");
      options = sorted(options);
    }
  }

  /**
   * A sound track.
   *
   * @param codec FFmpeg's name
   * @param copied whether its packets are the source's own, bit for bit; else it was encoded
   * @param packets how many
   * @param digest over all packets' payloads in order
   */
  public record Sound(String codec, boolean copied, long packets, String digest) {

    public Sound {
      Objects.requireNonNull(codec, "codec");
      Sha256.require(digest);
    }
  }

  /**
   * The film.
   *
   * @param key in the bucket {@code out}
   * @param frames pictures in it
   * @param startTick of its first picture
   * @param endTick where its last picture ends
   * @param lengthSeconds from the one to the other
   * @param bytes of the file
   * @param digest of the file
   */
  public record Result(
      String key, long frames, long startTick, long endTick, double lengthSeconds, long bytes, String digest) {

    public Result {
      Objects.requireNonNull(key, "key");
      Sha256.require(digest);
    }
  }

  /**
   * What it took, in seconds. Work is that of the attempts that succeeded in this job; what was found made counts as 0.
   *
   * @param ingest probing and deciding
   * @param extract finding the shots
   * @param edit work on all takes together, though they are made side by side
   * @param transition work on all transitions together
   * @param assemble joining
   * @param wall from the job's beginning to this report
   */
  public record Seconds(double ingest, double extract, double edit, double transition, double assemble, double wall) {}

  /**
   * What made it.
   *
   * @param answerprint our version
   * @param methods the versions of each method's code that made takes of this film
   * @param transitions the versions of each join's code that made transitions of this film
   */
  public record Software(
      String answerprint, SortedMap<String, SortedSet<String>> methods, SortedMap<String, SortedSet<String>> transitions) {

    public Software {
      Objects.requireNonNull(answerprint, "answerprint");
      methods = versions(methods);
      transitions = versions(transitions);
    }

    private static SortedMap<String, SortedSet<String>> versions(Map<String, SortedSet<String>> versions) {
      var copy = new TreeMap<String, SortedSet<String>>();
      versions.forEach((name, all) -> copy.put(name, Collections.unmodifiableSortedSet(new TreeSet<>(all))));
      return Collections.unmodifiableSortedMap(copy);
    }
  }

  private static SortedMap<String, String> sorted(Map<String, String> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
