package io.fermata.oracle;

import io.fermata.codec.ValueCodecs;
import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Journey;
import io.fermata.topology.Ledger;
import io.fermata.topology.TestPipeline;
import io.fermata.topology.TestPipeline.Published;
import io.fermata.topology.TestSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A case run through the topology on some number of partitions, each a topology of its own as each
 * would be a task of its own.
 */
final class PipelineRun {

  private final PipelineCase of;
  private final LastRecords records = new LastRecords();
  private final List<String> complaints = new ArrayList<>();

  /** The final set of every output topic, retracted views dropped: topic and key to bytes. */
  private final Map<String, String> finalSet = new TreeMap<>();

  private long in;
  private long folded;
  private long duplicates;
  private long dead;

  private PipelineRun(PipelineCase of) {
    this.of = of;
  }

  static PipelineRun of(PipelineCase of, ValueCodecs codecs, int partitions, long cacheBytes) {
    PipelineRun run = new PipelineRun(of);
    TestSetup setup =
        TestSetup.of(codecs, of.of().ruleSet())
            .keeper(of.keeper())
            .clock(of.clock(), of.wallClock())
            .cacheBytes(cacheBytes);
    for (int partition = 0; partition < partitions; partition++) {
      try (TestPipeline pipeline = new TestPipeline(setup)) {
        run.feed(pipeline, partition, partitions);
        run.collect(pipeline);
      } catch (RuntimeException e) {
        run.complaints.add("the topology threw " + e + " because of " + e.getCause());
      }
    }
    return run;
  }

  private void feed(TestPipeline pipeline, int partition, int partitions) {
    for (PipelineCase.Event event : of.events()) {
      if (event instanceof PipelineCase.Event.Arrival arrival) {
        if (Math.floorMod(arrival.customer().hashCode(), partitions) == partition) {
          pipeline.arrives(arrival.touchpoint());
        }
      } else if (event instanceof PipelineCase.Event.Garbage garbage) {
        if (partition == 0) {
          pipeline.arrives(null, garbage.bytes(), new RecordHeaders());
        }
      } else if (event instanceof PipelineCase.Event.Pause pause) {
        pipeline.advance(Duration.ofMillis(pause.millis()));
      } else if (event instanceof PipelineCase.Event.Tick tick) {
        pipeline.tick(tick.at());
      }
    }
    pipeline.tick(of.end());
  }

  private void collect(TestPipeline pipeline) {
    Map<String, String> fromAlerts = new TreeMap<>();
    for (Published<Alert> published : pipeline.alerts()) {
      Alert alert = published.value();
      records.alert(published.change(), alert);
      put(fromAlerts, alert.id(), published.change() == Change.RETRACTED ? null : published.hex());
      put(
          finalSet,
          "alerts " + alert.id(),
          published.change() == Change.RETRACTED ? null : published.hex());
      complain(!published.key().equals(alert.customer()), "key of " + published);
    }
    Map<String, String> latest = new TreeMap<>();
    for (Published<Alert> published : pipeline.alertsLatest()) {
      put(latest, published.key(), published.hex());
      put(finalSet, "alerts-latest " + published.key(), published.hex());
    }
    complain(!latest.equals(fromAlerts), "alerts-latest is not what alerts comes to");
    Map<String, Journey> known = new HashMap<>();
    for (Published<Journey> published : pipeline.journeys()) {
      Journey before = known.put(published.key(), published.value());
      boolean tombstone = published.value() == null;
      complain(tombstone != (published.change() == Change.RETRACTED), "value of " + published);
      complain(tombstone && before == null, "nothing to take back: " + published);
      if (!tombstone || before != null) {
        records.journey(published.change(), tombstone ? before : published.value());
      }
      put(finalSet, "journeys " + published.key(), published.hex());
    }
    Map<String, ContactGuidance> guidance = new HashMap<>();
    for (Published<ContactGuidance> published : pipeline.guidance()) {
      guidance.put(published.key(), published.value());
      records.guidance(published.change(), published.value());
      put(finalSet, "contact-guidance " + published.key(), published.hex());
      complain(!published.key().equals(published.value().customer()), "key of " + published);
    }
    known.values().removeIf(Objects::isNull);
    complaints.addAll(pipeline.complaintsOfGauges(known.values(), guidance.values()));
    count(pipeline);
    complain(
        pipeline.timerCount() > pipeline.customers().size(),
        pipeline.timerCount() + " timers for " + pipeline.customers());
  }

  private void complain(boolean wrong, String what) {
    if (wrong) {
      complaints.add(what);
    }
  }

  private static void put(Map<String, String> map, String key, String hex) {
    if (hex == null) {
      map.remove(key);
    } else {
      map.put(key, hex);
    }
  }

  private void count(TestPipeline pipeline) {
    Ledger route = pipeline.routeLedger();
    Ledger journey = pipeline.journeyLedger();
    in += route.count(Ledger.Entry.IN);
    folded += journey.count(Ledger.Entry.FOLDED);
    duplicates += journey.count(Ledger.Entry.DUPLICATE);
    dead +=
        Arrays.stream(DeadLetterReason.values())
            .mapToLong(reason -> route.count(reason) + journey.count(reason))
            .sum();
  }

  Map<String, String> finalSet() {
    return finalSet;
  }

  /** What is not as the oracle and the laws have it. */
  List<String> differences() {
    List<String> differences = new ArrayList<>(complaints);
    differences.addAll(records.differencesTo(of.oracleViews()));
    long arrived = of.arrivals().values().stream().mapToLong(List::size).sum();
    counted(differences, "in", in, arrived + of.garbage());
    counted(differences, "folded", folded, of.distinct());
    counted(differences, "duplicates", duplicates, arrived - of.distinct());
    counted(differences, "dead letters", dead, of.garbage());
    return differences;
  }

  private static void counted(List<String> differences, String what, long is, long expected) {
    if (is != expected) {
      differences.add(what + ": " + is + " counted, expected " + expected);
    }
  }
}
