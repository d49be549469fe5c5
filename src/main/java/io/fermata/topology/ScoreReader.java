package io.fermata.topology;

import io.fermata.codec.ScoreAlertCodec;
import io.fermata.model.PillarReport;
import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import io.fermata.score.Bucket;
import io.fermata.score.DimensionValue;
import io.fermata.score.Drivers;
import io.fermata.score.PillarReports;
import io.fermata.score.PillarTally;
import io.fermata.score.ScoreKey;
import io.fermata.score.ScoreReports;
import io.fermata.score.ScoreSettings;
import io.fermata.score.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads scores from the stores of the Score room, while it goes on writing them: those whose
 * partitions this instance has. What is read may be ahead of what is committed by one commit
 * interval.
 */
public final class ScoreReader {

  private final ScoreSettings settings;

  ScoreReader(ScoreSettings settings) {
    this.settings = settings;
  }

  /**
   * The latest report of every kind, dimension and value, as of the last day on which anything was
   * answered or sent.
   *
   * @param days the store {@link StoreNames#SCORE_DAYS}
   */
  public List<ScoreReport> latest(Window window, ReadOnlyKeyValueStore<Bytes, byte[]> days) {
    List<ScoreReport> reports = new ArrayList<>();
    scores(days)
        .forEach(
            (name, buckets) -> {
              for (int day : buckets.descendingKeySet()) {
                ScoreReport report = report(ScoreKey.parse(name), window, day, buckets);
                if (report != null) {
                  reports.add(report);
                  return;
                }
              }
            });
    return reports;
  }

  /**
   * The reports of one key, as of each day from one to another, both included and counted from
   * 1970-01-01.
   *
   * @param days the store {@link StoreNames#SCORE_DAYS}
   */
  public List<ScoreReport> series(
      ScoreKey key, Window window, int from, int to, ReadOnlyKeyValueStore<Bytes, byte[]> days) {
    NavigableMap<Integer, Bucket> buckets =
        WindowReports.tallies(scores(days).between(key.toString(), from - Window.LONGEST, to));
    List<ScoreReport> reports = new ArrayList<>();
    for (int day : buckets.tailMap(from, true).keySet()) {
      ScoreReport report = report(key, window, day, buckets);
      if (report != null) {
        reports.add(report);
      }
    }
    return reports;
  }

  /**
   * What drives NPS, or why that can't be told, for every dimension and value with an answer.
   *
   * @param days the store {@link StoreNames#SCORE_DAYS}
   */
  public List<Drivers> drivers(Window window, ReadOnlyKeyValueStore<Bytes, byte[]> days) {
    List<Drivers> drivers = new ArrayList<>();
    scores(days)
        .forEach(
            (name, buckets) -> {
              ScoreKey key = ScoreKey.parse(name);
              Integer last = key.kind() == ScoreKind.NPS ? lastAnswered(buckets) : null;
              if (last != null) {
                drivers.add(Drivers.of(settings, key, window, last, buckets));
              }
            });
    return drivers;
  }

  /**
   * The latest report of pillars of every dimension and value.
   *
   * @param days the store {@link StoreNames#PILLAR_DAYS}
   */
  public List<PillarReport> pillars(Window window, ReadOnlyKeyValueStore<Bytes, byte[]> days) {
    List<PillarReport> reports = new ArrayList<>();
    new DaysView<>(days, TallyFormat.PILLARS)
        .forEach(
            (name, tallies) -> {
              for (Map.Entry<Integer, PillarTally> day : tallies.descendingMap().entrySet()) {
                if (!day.getValue().isEmpty()) {
                  DimensionValue key = DimensionValue.parse(name);
                  reports.add(PillarReports.of(settings, key, window, day.getKey(), tallies));
                  return;
                }
              }
            });
    return reports;
  }

  /**
   * Where NPS has fallen, in no particular order.
   *
   * @param families the store {@link StoreNames#SCORE_FAMILIES}
   */
  public List<ScoreAlert> alerts(ReadOnlyKeyValueStore<Bytes, byte[]> families) {
    List<ScoreAlert> alerts = new ArrayList<>();
    Families.allAlerts(
        families, bytes -> alerts.add(ScoreAlertCodec.INSTANCE.decode(bytes, 0, bytes.length)));
    return alerts;
  }

  private ScoreReport report(
      ScoreKey key, Window window, int day, NavigableMap<Integer, Bucket> buckets) {
    return buckets.get(day).isEmpty() ? null : ScoreReports.of(settings, key, window, day, buckets);
  }

  private static Integer lastAnswered(NavigableMap<Integer, Bucket> buckets) {
    for (Map.Entry<Integer, Bucket> day : buckets.descendingMap().entrySet()) {
      if (day.getValue().hasAnswers()) {
        return day.getKey();
      }
    }
    return null;
  }

  private static DaysView<Bucket> scores(ReadOnlyKeyValueStore<Bytes, byte[]> days) {
    return new DaysView<>(days, TallyFormat.SCORES);
  }
}
