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
import java.util.HashMap;
import java.util.Map;

/** Counts what the Journey room reads and writes for a workload, by doing it on the heap. */
final class IoProfiler implements ViewSink {

  private static final int FRAMING = 5;

  private long alerts;
  private long alertBytes;
  private long journeys;
  private long journeyBytes;
  private long guidance;
  private long guidanceBytes;

  private IoProfiler() {}

  static IoProfile profile(Workload workload, RuleSet rules, KeeperSettings settings) {
    return new IoProfiler().run(workload, rules, settings);
  }

  private IoProfile run(Workload workload, RuleSet rules, KeeperSettings settings) {
    CountingHistory history = new CountingHistory();
    JourneyKeeper keeper =
        new JourneyKeeper(rules, settings, TouchpointCodec.INSTANCE::decode, history);
    Map<String, byte[]> roots = new HashMap<>();
    long rootBytes = 0;
    long timerPuts = 0;
    long timerDeletes = 0;
    for (int i = 0; i < workload.size(); i++) {
      String customer = new String(workload.keys().get(i), StandardCharsets.UTF_8);
      byte[] encoded = workload.encoded().get(i);
      Kept kept =
          keeper.accept(
              customer,
              roots.get(customer),
              workload.touchpoints().get(i),
              encoded,
              0,
              encoded.length,
              this);
      if (kept.root() != null) {
        roots.put(customer, kept.root());
        rootBytes += kept.root().length;
      }
      timerPuts += kept.wakeAt() == Kept.NO_WAKE ? 0 : 1;
      timerDeletes += kept.cancelWake() == Kept.NO_WAKE ? 0 : 1;
    }
    double n = workload.size();
    return new IoProfile(
        (int) (rootBytes / workload.size()),
        history.puts / n,
        history.deletes / n,
        mean(history.putBytes, history.puts),
        timerPuts / n,
        timerDeletes / n,
        alerts / n,
        mean(alertBytes, alerts),
        journeys / n,
        mean(journeyBytes, journeys),
        guidance / n,
        mean(guidanceBytes, guidance));
  }

  private static int mean(long sum, long count) {
    return count == 0 ? 0 : (int) (sum / count);
  }

  @Override
  public void alert(Change change, Alert alert) {
    alerts++;
    alertBytes += AlertCodec.INSTANCE.encode(alert).length + FRAMING;
  }

  @Override
  public void journey(Change change, Journey journey) {
    journeys++;
    journeyBytes += JourneyCodec.INSTANCE.encode(journey).length + FRAMING;
  }

  @Override
  public void guidance(Change change, ContactGuidance view) {
    guidance++;
    guidanceBytes += ContactGuidanceCodec.INSTANCE.encode(view).length + FRAMING;
  }

  /** The bare topology has no surveys: a touchpoint in some fifty is one. */
  @Override
  public void response(Change change, SurveyResponse response) {}

  @Override
  public void surveySent(Change change, SurveySent sent) {}
}
