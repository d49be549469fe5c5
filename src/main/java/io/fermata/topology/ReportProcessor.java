package io.fermata.topology;

import io.fermata.model.ScoreBucket;
import io.fermata.model.ScoreComparison;
import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import io.fermata.score.Bucket;
import io.fermata.score.Comparisons;
import io.fermata.score.Drivers;
import io.fermata.score.ScoreKey;
import io.fermata.score.ScoreReports;
import io.fermata.score.ScoreSettings;
import io.fermata.score.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The second half of the Score room: adds deltas to the days of each dimension's value and, a
 * moment later, publishes every report they belong in and what drives the score, and hands on what
 * it takes to judge whether NPS has fallen.
 */
final class ReportProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private static final Window[] WINDOWS = Window.values();

  /** In what is published of a day: a comparison was handed on. */
  private static final int COMPARED = 1 << WINDOWS.length;

  private final Wire wire;
  private final ScoreSettings settings;
  private final PipelineListener listener;

  /** Of which the listener knows the NPS. */
  private final Set<ScoreKey> told = new HashSet<>();

  private ProcessorContext<byte[], byte[]> context;
  private Days<Bucket> days;
  private Touched touched;

  ReportProcessor(Wire wire, ScoreSettings settings, PipelineListener listener) {
    this.wire = wire;
    this.settings = settings;
    this.listener = listener;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    days = new Days<>(context.getStateStore(StoreNames.SCORE_DAYS), TallyFormat.SCORES);
    touched = new Touched(context.getStateStore(StoreNames.SCORE_TOUCHED));
    days.forEach(this::tellOpened);
    // Wall-clock time: the last delta of the day must be reported as well.
    context.schedule(CountProcessor.MOMENT, PunctuationType.WALL_CLOCK_TIME, this::report);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ScoreBucket delta = wire.bucket(record.value());
    String key = new ScoreKey(delta.kind(), delta.dimension(), delta.value()).toString();
    days.add(key, delta.day(), Bucket.of(delta));
    touched.add(key, delta.day());
  }

  private void report(long now) {
    touched.drain().forEach((key, changed) -> report(ScoreKey.parse(key), changed, now));
  }

  private void report(ScoreKey key, NavigableSet<Integer> changed, long now) {
    String name = key.toString();
    boolean nps = key.kind() == ScoreKind.NPS;
    int reach = nps ? Comparisons.REACH : Window.LONGEST;
    // The day before may be over now, or no longer.
    Integer before = key.isAll() && nps ? days.before(name, changed.first()) : null;
    int first = before == null ? changed.first() : before;
    NavigableMap<Integer, DaysView.Day<Bucket>> around =
        days.between(name, first - reach, changed.last() + reach);
    NavigableMap<Integer, Bucket> buckets = WindowReports.tallies(around);
    Integer last = key.isAll() && nps ? lastWithAnything(name) : null;
    around
        .tailMap(first, true)
        .forEach(
            (day, entry) -> {
              int published =
                  WindowReports.publish(
                      day,
                      entry,
                      changed,
                      buckets,
                      new Reports(key),
                      (report, value) -> send(FermataTopology.WRITE_SCORES, report, value, now));
              if (nps) {
                published |= compare(key, day, entry, buckets, last != null && day < last, now);
              }
              days.published(name, day, entry, published);
            });
    if (nps) {
      drivers(key, now);
    }
  }

  /** The reports of one key. */
  private final class Reports implements WindowReports.Maker<Bucket> {

    private final ScoreKey key;

    Reports(ScoreKey key) {
      this.key = key;
    }

    @Override
    public byte[] report(Window window, int day, NavigableMap<Integer, Bucket> buckets) {
      ScoreReport report = ScoreReports.of(settings, key, window, day, buckets);
      return report == null ? null : wire.score(report);
    }

    @Override
    public String name(Window window, int day) {
      return ScoreReports.key(settings, key, window, day);
    }
  }

  /** Hands on what there is to compare as of a day, once it is more or other than nothing. */
  private int compare(
      ScoreKey key,
      int day,
      DaysView.Day<Bucket> entry,
      NavigableMap<Integer, Bucket> buckets,
      boolean over,
      long now) {
    ScoreComparison comparison = Comparisons.of(key, day, buckets, over);
    if (comparison == null && (entry.published() & COMPARED) == 0) {
      return 0;
    }
    ScoreComparison sent =
        comparison == null
            ? new ScoreComparison(key.dimension(), key.value(), day, false, Map.of())
            : comparison;
    // By day: one partition sees all that is judged together.
    String asOf = Instant.ofEpochMilli(settings.endOf(day)).toString();
    send(FermataTopology.WRITE_SCORE_COMPARISONS, asOf, wire.comparison(sent), now);
    return comparison == null ? 0 : COMPARED;
  }

  private void drivers(ScoreKey key, long now) {
    String ofKey = key.toString();
    Integer last = lastAnswered(ofKey);
    NavigableMap<Integer, Bucket> buckets =
        last == null
            ? new TreeMap<>()
            : WindowReports.tallies(days.between(ofKey, last - Window.LONGEST, last));
    tell(key, last, buckets);
    int before = days.note(ofKey);
    int published = 0;
    for (int i = 0; i < WINDOWS.length; i++) {
      Window window = WINDOWS[i];
      int bit = 1 << i;
      String name = Drivers.nameOf(key) + "|" + window;
      if (last != null
          && Drivers.of(settings, key, window, last, buckets) instanceof Drivers.Found found) {
        published |= bit;
        send(FermataTopology.WRITE_DRIVERS, name, wire.driver(found.report()), now);
      } else if ((before & bit) != 0) {
        send(FermataTopology.WRITE_DRIVERS, name, null, now);
      }
    }
    days.note(ofKey, published, before);
  }

  private void tellOpened(String name, NavigableMap<Integer, Bucket> buckets) {
    ScoreKey key = ScoreKey.parse(name);
    if (key.kind() == ScoreKind.NPS) {
      Integer last = buckets.lastKey();
      while (last != null && !buckets.get(last).hasAnswers()) {
        last = buckets.lowerKey(last);
      }
      tell(key, last, buckets);
    }
  }

  private void tell(ScoreKey key, Integer last, NavigableMap<Integer, Bucket> buckets) {
    if (last != null) {
      told.add(key);
      listener.nps(
          key.dimension(), key.value(), ScoreReports.of(settings, key, Window.P30D, last, buckets));
    } else if (told.remove(key)) {
      listener.nps(key.dimension(), key.value(), null);
    }
  }

  private Integer lastAnswered(String key) {
    return days.last(key, Bucket::hasAnswers);
  }

  private Integer lastWithAnything(String key) {
    return days.last(key, bucket -> !bucket.isEmpty());
  }

  @Override
  public void close() {
    told.forEach(key -> listener.nps(key.dimension(), key.value(), null));
    told.clear();
  }

  private void send(String sink, String key, byte[] value, long now) {
    context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, now), sink);
  }
}
