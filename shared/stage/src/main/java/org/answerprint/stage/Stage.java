package org.answerprint.stage;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.answerprint.events.Channel;
import org.answerprint.events.FactCodec;
import org.answerprint.facts.FactLog;
import org.answerprint.facts.StageClock;
import org.answerprint.fleet.BatchSubmitter;
import org.answerprint.fleet.FleetSettings;
import org.answerprint.fleet.GpuCall;
import org.answerprint.fleet.GpuPlace;
import org.answerprint.fleet.GpuSlots;
import org.answerprint.fleet.JobSubmitter;
import org.answerprint.fleet.LongWork;
import org.answerprint.jobs.Conductor;
import org.answerprint.jobs.JobEnder;
import org.answerprint.jobs.JobStore;
import org.answerprint.jobs.Outbox;
import org.answerprint.media.Limits;
import org.answerprint.queue.KafkaQueueAddress;
import org.answerprint.queue.KafkaShareQueue;
import org.answerprint.queue.KafkaWorkSender;
import org.answerprint.queue.QueueDepth;
import org.answerprint.queue.QueueOptions;
import org.answerprint.queue.SqsAddress;
import org.answerprint.queue.SqsMeter;
import org.answerprint.queue.SqsQueue;
import org.answerprint.queue.SqsWorkSender;
import org.answerprint.queue.WorkQueue;
import org.answerprint.queue.WorkSender;
import org.answerprint.storage.ObjectStore;
import org.answerprint.storage.S3ObjectStore;
import org.answerprint.transport.Broker;
import org.answerprint.transport.FactPublisher;
import org.answerprint.transport.KafkaFactPublisher;
import org.answerprint.transport.SqsFactPublisher;
import org.answerprint.transport.TopicSetup;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Everything a stage works with, made once from its settings. Thread-safe; whoever made it closes it. */
public final class Stage implements AutoCloseable {

  private final StageSettings settings;
  private final Clock clock;
  private final ObjectStore store;
  private final JobStore jobs;
  private final StageOutbox outbox;
  private final FactLog facts;
  private final StageClock clocks;
  private final Conductor conductor;
  private final Films films;
  private final ModelShelf models;
  private final Optional<JobSubmitter> submitter;

  /**
   * Connects to the buckets and the broker lazily: nothing fails here that may be well again when it is used.
   *
   * @param source names this stage in the events it sends, for example {@code /answerprint/ingest}
   */
  public Stage(StageSettings settings, String source, MeterRegistry meters) {
    this(settings, Clock.systemUTC(), new S3ObjectStore(settings.storage()), publisher(settings, source), sender(settings),
        submitter(settings), meters);
  }

  /**
   * The same over parts of one's own, which are closed with it: memory, for tests.
   *
   * @param clock what marks and ends are dated by, and patience is measured with
   */
  public Stage(StageSettings settings, Clock clock, ObjectStore store, FactPublisher publisher, WorkSender work, MeterRegistry meters) {
    this(settings, clock, store, publisher, work, Optional.empty(), meters);
  }

  /** The same with a place where jobs are handed in, which is closed with it. */
  public Stage(StageSettings settings, Clock clock, ObjectStore store, FactPublisher publisher, WorkSender work,
      Optional<JobSubmitter> submitter, MeterRegistry meters) {
    this.settings = settings;
    this.clock = clock;
    this.store = store;
    this.jobs = new JobStore(store, settings.storage().buckets());
    this.facts = new FactLog(meters, clock);
    this.clocks = new StageClock(meters);
    this.outbox = new StageOutbox(publisher, work, facts);
    this.conductor = new Conductor(jobs, outbox, clock, settings.patience());
    this.films = new Films(store, Limits.STANDARD);
    this.models = new ModelShelf(store, settings.storage().buckets().work(), settings.models());
    this.submitter = submitter;
  }

  private static Optional<JobSubmitter> submitter(StageSettings settings) {
    FleetSettings fleet = settings.fleet();
    return fleet.longFilms().isEmpty() && fleet.gpu().isEmpty() ? Optional.empty()
        : Optional.of(new BatchSubmitter(fleet.endpoint(), settings.storage().region(), settings.storage().keys()));
  }

  /** Tells facts as these settings say, for somebody who is no stage; the caller closes it. */
  public static FactPublisher publisher(StageSettings settings, String source) {
    return switch (settings.transport()) {
      case KAFKA -> new KafkaFactPublisher(broker(settings), new FactCodec(source));
      case SQS -> new SqsFactPublisher(SqsClients.open(settings), settings.prefix(), new FactCodec(source), Clock.systemUTC());
    };
  }

  private static Broker broker(StageSettings settings) {
    return Broker.at(settings.bootstrapServers(), settings.kafkaAuth());
  }

  private static WorkSender sender(StageSettings settings) {
    return switch (settings.workQueue()) {
      case KAFKA -> new KafkaWorkSender(kafkaQueue(settings));
      case SQS -> new SqsWorkSender(SqsClients.open(settings), sqsName(settings));
    };
  }

  /** A new consumer of the work queue, for one worker; the caller closes it. */
  public WorkQueue workQueue(QueueOptions options) {
    return switch (settings.workQueue()) {
      case KAFKA -> KafkaShareQueue.open(kafkaQueue(settings), options);
      case SQS -> new SqsQueue(SqsAddress.create(SqsClients.open(settings), sqsName(settings)), options);
    };
  }

  /** Creates what the work queue needs on its broker. */
  public void createWorkQueue() {
    if (settings.workQueue() == StageSettings.Transport.KAFKA) {
      kafkaQueue(settings).createTopics();
    }
  }

  /** Creates the topics of these channels that are missing; queues of SQS are made by whoever sets the system up. */
  public void createTopics(Collection<Channel> channels) {
    if (settings.transport() == StageSettings.Transport.KAFKA) {
      new TopicSetup(broker(settings)).create(channels.stream().collect(Collectors.toMap(Channel::topic, channel -> TopicSetup.CONTROL_PARTITIONS)));
    }
  }

  /** A new client of SQS, which the caller closes. */
  public SqsClient sqs() {
    return SqsClients.open(settings);
  }

  /** A new consumer of a channel's queue in SQS, for one thread; the caller closes it. Looks the queue up and never makes it. */
  public WorkQueue channelQueue(Channel channel, QueueOptions options) {
    return new SqsQueue(SqsAddress.find(sqs(), channel.queue(settings.prefix())), options);
  }

  /** What lies in the work queue, for those that can be asked: SQS. */
  public Optional<QueueDepth> workDepth() {
    if (settings.workQueue() == StageSettings.Transport.KAFKA) {
      return Optional.empty();
    }
    try (SqsMeter meter = new SqsMeter(SqsClients.open(settings), sqsName(settings))) {
      return Optional.of(meter.depth());
    }
  }

  /** The work on films that are too long to be done here, where the settings say which those are. */
  public Optional<LongWork> longWork() {
    return settings.fleet().longFilms().flatMap(films -> submitter.map(place ->
        new LongWork(films, jobs, place, clock, settings.patience())));
  }

  /** Asks for workers, where the settings say of whom. */
  public Optional<GpuCall> gpuCall() {
    return settings.fleet().gpu().flatMap(gpu -> submitter.map(place -> new GpuCall(gpu, gpuSlots(), place)));
  }

  /** The place that this worker was asked for, if any. */
  public Optional<GpuPlace> gpuPlace() {
    return settings.fleet().slot().stream().mapToObj(slot -> new GpuPlace(gpuSlots(), slot, settings.worker())).findFirst();
  }

  private GpuSlots gpuSlots() {
    return new GpuSlots(store, jobs.buckets().work(), clock);
  }

  private static KafkaQueueAddress kafkaQueue(StageSettings settings) {
    return KafkaQueueAddress.of(broker(settings).client(), settings.workQueueName());
  }

  private static String sqsName(StageSettings settings) {
    return settings.workQueueName().replace('.', '-');
  }

  public StageSettings settings() {
    return settings;
  }

  public Clock clock() {
    return clock;
  }

  public ObjectStore store() {
    return store;
  }

  public JobStore jobs() {
    return jobs;
  }

  public Outbox outbox() {
    return outbox;
  }

  public FactLog facts() {
    return facts;
  }

  public StageClock clocks() {
    return clocks;
  }

  public Conductor conductor() {
    return conductor;
  }

  public JobEnder ender() {
    return new JobEnder(jobs, outbox, clock);
  }

  public Films films() {
    return films;
  }

  public ModelShelf models() {
    return models;
  }

  /** A folder for one task's files. */
  public Scratch scratch() {
    return Scratch.in(settings.scratch());
  }

  @Override
  public void close() {
    submitter.ifPresent(JobSubmitter::close);
    outbox.close();
    store.close();
  }
}
