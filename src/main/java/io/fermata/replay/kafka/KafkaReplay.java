package io.fermata.replay.kafka;

import io.fermata.codec.ValueCodec;
import io.fermata.codec.json.TouchpointJson;
import io.fermata.journey.KeeperSettings;
import io.fermata.model.Alert;
import io.fermata.model.ContactGuidance;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.model.Touchpoint;
import io.fermata.replay.Imported;
import io.fermata.replay.ReplayEngine;
import io.fermata.replay.ReplayResult;
import io.fermata.replay.ReplaySettings;
import io.fermata.replay.Scores;
import io.fermata.replay.TouchpointSources;
import io.fermata.runtime.ShutdownHook;
import io.fermata.topology.DeadLetterHeaders;
import io.fermata.topology.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A replay through an embedded broker and the topology that runs against a cluster: what is read is
 * produced, the end of input ticks in every inbox, and the views are what a {@code read_committed}
 * reader then finds in the topics. Scores are waited for until their topics hold what the answers
 * come to.
 */
public final class KafkaReplay implements ReplayEngine {

  private final long latenessMillis;

  /** A replay that allows any lateness. */
  public KafkaReplay() {
    this(KeeperSettings.ANY_LATENESS);
  }

  private KafkaReplay(long latenessMillis) {
    this.latenessMillis = latenessMillis;
  }

  /**
   * A replay with the stream's limit: what comes too late is a dead letter.
   *
   * @param latenessMillis how late a touchpoint may come, against its customer's newest
   */
  public static KafkaReplay withLateness(long latenessMillis) {
    return new KafkaReplay(latenessMillis);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException also when the pipeline fails or does not get on
   */
  @Override
  public ReplayResult run(
      TouchpointSources sources, ReplaySettings settings, LongConsumer bytesRead)
      throws IOException, InterruptedException {
    LedgerTotals ledgers = new LedgerTotals();
    Thread work = Thread.currentThread();
    try (ShutdownHook hook = new ShutdownHook(work::interrupt);
        EmbeddedPipeline pipeline = EmbeddedPipeline.start(settings, latenessMillis, ledgers);
        Observer observer = new Observer(pipeline, ledgers);
        Feed feed = new Feed(pipeline, settings.keys())) {
      sources.read(settings.threads(), bytesRead, feed::add);
      observer.awaitCommitted(feed.finish(), "routing the input");
      if (feed.touchpoints() > 0 || feed.links() > 0) {
        // Without a touchpoint there is nothing to settle.
        long clock = feed.touchpoints() > 0 ? settings.clockAfter(feed.greatestTime()) : 0;
        fold(observer, feed, ledgers, clock);
      }
      return result(pipeline, observer, feed, ledgers, settings);
    } catch (InterruptException e) {
      // Kafka has set the flag again; what closes now must not be interrupted too.
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    } catch (KafkaException e) {
      throw new IOException("Kafka failed: " + e.getMessage(), e);
    }
  }

  /** Ticks until everything has come to the customer it belongs to, before the last tick. */
  private static void fold(Observer observer, Feed feed, LedgerTotals ledgers, long clock)
      throws IOException, InterruptedException {
    boolean quiet = false;
    while (!quiet) {
      long sent = ledgers.count(Ledger.Identity.SENT);
      boolean allTaken = ledgers.count(Ledger.Identity.TAKEN) == sent;
      observer.awaitCommitted(feed.tick(clock), "folding the touchpoints");
      quiet = allTaken && ledgers.count(Ledger.Identity.SENT) == sent;
    }
  }

  private static ReplayResult result(
      EmbeddedPipeline pipeline,
      Observer observer,
      Feed feed,
      LedgerTotals ledgers,
      ReplaySettings settings)
      throws IOException, InterruptedException {
    String alertsTopic = pipeline.topics().alertsLatest();
    ValueCodec<Alert> alertCodec = pipeline.codecs().alerts();
    Map<String, Alert> alerts = new HashMap<>();
    observer.read(alertsTopic, record -> latest(alertsTopic, alertCodec, record, alerts));
    String journeysTopic = pipeline.topics().journeys();
    ValueCodec<Journey> journeyCodec = pipeline.codecs().journeys();
    Map<String, Journey> journeys = new HashMap<>();
    observer.read(journeysTopic, record -> latest(journeysTopic, journeyCodec, record, journeys));
    String guidanceTopic = pipeline.topics().contactGuidance();
    ValueCodec<ContactGuidance> guidanceCodec = pipeline.codecs().guidance();
    Map<String, ContactGuidance> guidance = new HashMap<>();
    observer.read(guidanceTopic, record -> latest(guidanceTopic, guidanceCodec, record, guidance));
    String responsesTopic = pipeline.topics().surveyResponses();
    ValueCodec<SurveyResponse> responseCodec = pipeline.codecs().responses();
    Map<String, SurveyResponse> responses = new HashMap<>();
    observer.read(
        responsesTopic, record -> latest(responsesTopic, responseCodec, record, responses));
    String sentTopic = pipeline.topics().surveysSent();
    ValueCodec<SurveySent> sentCodec = pipeline.codecs().surveysSent();
    Map<String, SurveySent> surveysSent = new HashMap<>();
    observer.read(sentTopic, record -> latest(sentTopic, sentCodec, record, surveysSent));
    List<Imported.DeadLetter> deadLetters = new ArrayList<>(feed.deadLetters());
    observer.read(
        pipeline.topics().deadLetters(), record -> deadLetters.add(deadLetter(pipeline, record)));

    // Of touchpoints of one id and time that came together late, all but one are duplicates.
    long merged = ledgers.count(Ledger.Identity.MERGED) - ledgers.count(Ledger.Identity.PARTED);
    long folded = ledgers.count(Ledger.Entry.FOLDED) - merged;
    long duplicates = ledgers.count(Ledger.Entry.DUPLICATE) + merged;
    int dead = deadLetters.size() - feed.deadLetters().size();
    long stranded = ledgers.count(Ledger.Identity.STRANDED);
    if (folded + duplicates + ledgers.deadLetters() != feed.touchpoints()
        || ledgers.count(Ledger.Identity.LINKED) != feed.links()
        || dead != ledgers.deadLetters() + stranded) {
      throw new IOException(
          "the counts do not add up: %d touchpoints, %d folded, %d duplicates, %d dead letters, %d of them counted; %d links, %d taken"
              .formatted(
                  feed.touchpoints(),
                  folded,
                  duplicates,
                  dead,
                  ledgers.deadLetters(),
                  feed.links(),
                  ledgers.count(Ledger.Identity.LINKED)));
    }
    Scores scores =
        Scores.of(
            settings.score(),
            List.copyOf(responses.values()),
            List.copyOf(surveysSent.values()),
            List.copyOf(alerts.values()));
    ScoreTopics.await(pipeline, scores);
    return new ReplayResult(
        List.copyOf(alerts.values()),
        List.copyOf(journeys.values()),
        List.copyOf(guidance.values()),
        List.copyOf(responses.values()),
        scores,
        deadLetters,
        new ReplayResult.Counts(
            feed.rows(),
            feed.skipped(),
            feed.touchpoints(),
            feed.links(),
            folded,
            duplicates,
            guidance.size()),
        feed.touchpoints() == 0 && settings.until() == null
            ? null
            : settings.clockAfter(feed.greatestTime()),
        settings.rules().rules().stream().map(rule -> rule.rule().id()).toList());
  }

  private static <T> void latest(
      String topic,
      ValueCodec<T> codec,
      ConsumerRecord<byte[], byte[]> record,
      Map<String, T> views) {
    String id = new String(record.key(), StandardCharsets.UTF_8);
    T view = codec.deserialize(topic, record.value());
    if (view == null) {
      views.remove(id);
    } else {
      views.put(id, view);
    }
  }

  /** A dead letter of the pipeline as the pure core writes it: what was folded has no file. */
  private static Imported.DeadLetter deadLetter(
      EmbeddedPipeline pipeline, ConsumerRecord<byte[], byte[]> record) {
    Touchpoint original =
        pipeline
            .codecs()
            .touchpoints()
            .deserialize(pipeline.topics().touchpoints(), record.value());
    return new Imported.DeadLetter(
        DeadLetterReason.valueOf(header(record, DeadLetterHeaders.REASON)),
        header(record, DeadLetterHeaders.DETAIL),
        null,
        0,
        TouchpointJson.write(original));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
