package io.fermata.topology;

import io.fermata.model.ScoreBucket;
import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import io.fermata.score.Bucket;
import io.fermata.score.Drivers;
import io.fermata.score.ScoreKey;
import io.fermata.score.ScoreReports;
import io.fermata.score.ScoreSettings;
import io.fermata.score.Window;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The second half of the Score room: adds deltas to the days of each dimension's value and, a
 * moment later, publishes every report they belong in and what drives the score.
 */
final class ReportProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private static final byte[] TOUCHED = {1};
  private static final Window[] WINDOWS = Window.values();

  private final Wire wire;
  private final ScoreSettings settings;
  private ProcessorContext<byte[], byte[]> context;
  private ScoreDays days;
  private KeyValueStore<String, byte[]> touched;

  ReportProcessor(Wire wire, ScoreSettings settings) {
    this.wire = wire;
    this.settings = settings;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    days = new ScoreDays(context.getStateStore(StoreNames.SCORE_DAYS));
    touched = context.getStateStore(StoreNames.SCORE_TOUCHED);
    // Wall-clock time: the last delta of the day must be reported as well.
    context.schedule(CountProcessor.MOMENT, PunctuationType.WALL_CLOCK_TIME, this::report);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ScoreBucket delta = wire.bucket(record.value());
    ScoreKey key = new ScoreKey(delta.kind(), delta.dimension(), delta.value());
    days.add(key, delta.day(), Bucket.of(delta));
    touched.put(key + "|" + delta.day(), TOUCHED);
  }

  private void report(long now) {
    Map<ScoreKey, TreeSet<Integer>> changed = new TreeMap<>();
    List<String> names = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = touched.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        names.add(next.key);
        String[] parts = next.key.split("\\|", 3);
        int day = parts[2].lastIndexOf('|');
        ScoreKey key =
            new ScoreKey(ScoreKind.valueOf(parts[0]), parts[1], parts[2].substring(0, day));
        changed
            .computeIfAbsent(key, k -> new TreeSet<>())
            .add(Integer.valueOf(parts[2].substring(day + 1)));
      }
    }
    changed.forEach((key, which) -> report(key, which, now));
    names.forEach(touched::delete);
  }

  private void report(ScoreKey key, NavigableSet<Integer> changed, long now) {
    NavigableMap<Integer, ScoreDays.Day> around =
        days.between(key, changed.first() - Window.LONGEST, changed.last() + Window.LONGEST);
    TreeMap<Integer, Bucket> buckets = new TreeMap<>();
    around.forEach((day, entry) -> buckets.put(day, entry.bucket()));
    around
        .tailMap(changed.first(), true)
        .forEach(
            (day, entry) -> {
              int published = 0;
              for (int i = 0; i < WINDOWS.length; i++) {
                Window window = WINDOWS[i];
                int bit = 1 << i;
                boolean was = (entry.published() & bit) != 0;
                Integer last = changed.floor(day);
                if (last == null || last <= day - window.days()) {
                  published |= was ? bit : 0;
                  continue; // nothing in the window has changed
                }
                ScoreReport report =
                    entry.bucket().isEmpty()
                        ? null
                        : ScoreReports.of(settings, key, window, day, buckets);
                if (report != null) {
                  published |= bit;
                  send(FermataTopology.WRITE_SCORES, report.key(), wire.score(report), now);
                } else if (was) {
                  String name = ScoreReports.key(settings, key, window, day);
                  send(FermataTopology.WRITE_SCORES, name, null, now);
                }
              }
              days.published(key, day, entry, published);
            });
    if (key.kind() == ScoreKind.NPS) {
      drivers(key, now);
    }
  }

  private void drivers(ScoreKey key, long now) {
    Integer last = days.lastAnswered(key);
    TreeMap<Integer, Bucket> buckets = new TreeMap<>();
    if (last != null) {
      days.between(key, last - Window.LONGEST, last)
          .forEach((day, entry) -> buckets.put(day, entry.bucket()));
    }
    int before = days.publishedDrivers(key);
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
    days.publishedDrivers(key, published, before);
  }

  private void send(String sink, String key, byte[] value, long now) {
    context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, now), sink);
  }
}
