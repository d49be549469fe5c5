package io.fermata.bench;

import io.fermata.codec.AlertCodec;
import io.fermata.codec.ContactGuidanceCodec;
import io.fermata.codec.JourneyCodec;
import io.fermata.codec.TouchpointCodec;
import io.fermata.journey.JourneyKeeper;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Kept;
import io.fermata.journey.ViewSink;
import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.rules.RuleSet;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Counts what the Journey room reads and writes for a workload, by doing it on the heap. */
final class IoProfiler implements ViewSink {

  private static final int FRAMING = 5;

  /** Touchpoints between two looks at the clock: those of a tenth of a second. */
  private static final int CLOCK_EVERY = 1000;

  /** What an entry of {@code published} is longer than the name of its customer and a number. */
  private static final int PUBLISHED_BYTES = 36;

  /** Records of one topic. */
  private static final class Sum {
    private long count;
    private long bytes;

    void add(byte[] value) {
      count++;
      bytes += value.length + FRAMING;
    }

    IoProfile.Records per(double touchpoints) {
      return new IoProfile.Records(count / touchpoints, mean(bytes, count));
    }
  }

  private record Timer(long at, String customer) {}

  private final CountingHistory history = new CountingHistory();
  private final Map<String, byte[]> roots = new HashMap<>();
  private final TreeSet<Timer> timers =
      new TreeSet<>(Comparator.comparingLong(Timer::at).thenComparing(Timer::customer));
  private final JourneyKeeper keeper;
  private final Sum alerts = new Sum();
  private final Sum journeys = new Sum();
  private final Sum guidance = new Sum();
  private long rootBytes;
  private long rootPuts;
  private long settles;
  private long timerPuts;
  private long timerDeletes;
  private long raised;
  private long retracted;
  private long counts;
  private long clock = Long.MIN_VALUE;

  private IoProfiler(RuleSet rules, KeeperSettings settings) {
    keeper = new JourneyKeeper(rules, settings, TouchpointCodec.INSTANCE::decode, history);
  }

  static IoProfile profile(Workload workload, RuleSet rules, KeeperSettings settings) {
    return new IoProfiler(rules, settings).run(workload);
  }

  private IoProfile run(Workload workload) {
    for (int i = 0; i < workload.size(); i++) {
      String customer = new String(workload.keys().get(i), StandardCharsets.UTF_8);
      byte[] encoded = workload.encoded().get(i);
      clock = Math.max(clock, workload.touchpoints().get(i).occurredAt());
      apply(
          customer,
          keeper.accept(
              customer,
              roots.get(customer),
              workload.touchpoints().get(i),
              encoded,
              0,
              encoded.length,
              this));
      if (i % CLOCK_EVERY == CLOCK_EVERY - 1) {
        settle();
      }
    }
    double n = workload.size();
    return new IoProfile(
        mean(rootBytes, rootPuts),
        settles / n,
        new IoProfile.Writes(
            history.puts / n, history.deletes / n, mean(history.putBytes, history.puts)),
        history.lookups / n,
        new IoProfile.Scans(
            history.scans / n, history.scans == 0 ? 0 : (double) history.visited / history.scans),
        new IoProfile.Writes(timerPuts / n, timerDeletes / n, 1),
        new IoProfile.Writes(raised / n, retracted / n, PUBLISHED_BYTES),
        counts / n,
        alerts.per(n),
        journeys.per(n),
        guidance.per(n));
  }

  private void settle() {
    while (!timers.isEmpty() && timers.first().at() <= clock) {
      Timer due = timers.first();
      settles++;
      apply(due.customer(), keeper.settle(due.customer(), roots.get(due.customer()), clock, this));
    }
  }

  private void apply(String customer, Kept kept) {
    if (kept.root() != null) {
      roots.put(customer, kept.root());
      rootBytes += kept.root().length;
      rootPuts++;
    }
    if (kept.cancelWake() != Kept.NO_WAKE) {
      timerDeletes++;
      timers.remove(new Timer(kept.cancelWake(), customer));
    }
    if (kept.wakeAt() != Kept.NO_WAKE) {
      timerPuts++;
      timers.add(new Timer(kept.wakeAt(), customer));
    }
  }

  private static int mean(long sum, long count) {
    return count == 0 ? 0 : (int) (sum / count);
  }

  private void note(Change change) {
    raised += change == Change.RAISED ? 1 : 0;
    retracted += change == Change.RETRACTED ? 1 : 0;
  }

  @Override
  public void alert(Change change, Alert alert) {
    alerts.add(AlertCodec.INSTANCE.encode(alert));
    note(change);
    counts += change == Change.RAISED || change == Change.RETRACTED ? 1 : 0;
  }

  @Override
  public void recount(Alert was, Alert is) {
    counts += 2;
  }

  @Override
  public void journey(Change change, Journey journey) {
    journeys.add(JourneyCodec.INSTANCE.encode(journey));
    note(change);
  }

  @Override
  public void openJourneys(int change) {
    counts++;
  }

  @Override
  public void guidance(Change change, ContactGuidance view) {
    guidance.add(ContactGuidanceCodec.INSTANCE.encode(view));
  }

  @Override
  public void pause(Long was, Long is) {
    counts += Objects.equals(was, is) ? 0 : 2;
  }

  /** The bare topology has no surveys: a touchpoint in some fifty is one. */
  @Override
  public void response(Change change, SurveyResponse response) {}

  @Override
  public void surveySent(Change change, SurveySent sent) {}
}
