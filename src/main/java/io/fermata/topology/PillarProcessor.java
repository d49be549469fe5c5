package io.fermata.topology;

import io.fermata.model.PillarBucket;
import io.fermata.model.PillarReport;
import io.fermata.score.DimensionValue;
import io.fermata.score.PillarReports;
import io.fermata.score.PillarTally;
import io.fermata.score.ScoreSettings;
import io.fermata.score.Window;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.NavigableSet;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * As {@link ReportProcessor}, for pillars: adds deltas to the days of each dimension's value and, a
 * moment later, publishes every report they belong in.
 */
final class PillarProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private final Wire wire;
  private final ScoreSettings settings;
  private ProcessorContext<byte[], byte[]> context;
  private Days<PillarTally> days;
  private Touched touched;

  PillarProcessor(Wire wire, ScoreSettings settings) {
    this.wire = wire;
    this.settings = settings;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    days = new Days<>(context.getStateStore(StoreNames.PILLAR_DAYS), TallyFormat.PILLARS);
    touched = new Touched(context.getStateStore(StoreNames.PILLAR_TOUCHED));
    // Wall-clock time: the last delta of the day must be reported as well.
    context.schedule(CountProcessor.MOMENT, PunctuationType.WALL_CLOCK_TIME, this::report);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    PillarBucket delta = wire.pillarBucket(record.value());
    String key = new DimensionValue(delta.dimension(), delta.value()).toString();
    days.add(key, delta.day(), PillarTally.of(delta));
    touched.add(key, delta.day());
  }

  private void report(long now) {
    touched.drain().forEach((key, changed) -> report(DimensionValue.parse(key), changed, now));
  }

  private void report(DimensionValue key, NavigableSet<Integer> changed, long now) {
    String name = key.toString();
    NavigableMap<Integer, DaysView.Day<PillarTally>> around =
        days.between(name, changed.first() - Window.LONGEST, changed.last() + Window.LONGEST);
    NavigableMap<Integer, PillarTally> tallies = WindowReports.tallies(around);
    around
        .tailMap(changed.first(), true)
        .forEach(
            (day, entry) ->
                days.published(
                    name,
                    day,
                    entry,
                    WindowReports.publish(
                        day,
                        entry,
                        changed,
                        tallies,
                        new Reports(key),
                        (report, value) -> send(report, value, now))));
  }

  /** The reports of one key. */
  private final class Reports implements WindowReports.Maker<PillarTally> {

    private final DimensionValue key;

    Reports(DimensionValue key) {
      this.key = key;
    }

    @Override
    public byte[] report(Window window, int day, NavigableMap<Integer, PillarTally> tallies) {
      PillarReport report = PillarReports.of(settings, key, window, day, tallies);
      return report == null ? null : wire.pillars(report);
    }

    @Override
    public String name(Window window, int day) {
      return PillarReports.key(settings, key, window, day);
    }
  }

  private void send(String key, byte[] value, long now) {
    context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, now));
  }
}
