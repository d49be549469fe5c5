package io.fermata.topology;

import io.fermata.codec.ScoreAlertCodec;
import io.fermata.codec.ScoreComparisonCodec;
import io.fermata.model.Change;
import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreComparison;
import io.fermata.score.ChangeAlerts;
import io.fermata.score.ScoreSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The last part of the Score room: keeps what there is to compare as of each day, all dimensions
 * together, and says where NPS has fallen, or that it had not.
 */
final class JudgeProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private static final String TOUCHED = "NPS";

  private final Wire wire;
  private final ScoreSettings settings;
  private ProcessorContext<byte[], byte[]> context;
  private Families families;
  private Touched touched;

  JudgeProcessor(Wire wire, ScoreSettings settings) {
    this.wire = wire;
    this.settings = settings;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    families = new Families(context.getStateStore(StoreNames.SCORE_FAMILIES));
    KeyValueStore<String, byte[]> days = context.getStateStore(StoreNames.SCORE_JUDGED);
    touched = new Touched(days);
    // Wall-clock time: nothing may come after the last comparison of the day.
    context.schedule(CountProcessor.MOMENT, PunctuationType.WALL_CLOCK_TIME, this::judge);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ScoreComparison comparison = wire.comparison(record.value());
    boolean nothing = comparison.windows().isEmpty() && !comparison.over();
    families.comparison(
        comparison.day(),
        comparison.dimension() + "|" + comparison.value(),
        nothing ? null : ScoreComparisonCodec.INSTANCE.encode(comparison));
    touched.add(TOUCHED, comparison.day());
  }

  private void judge(long now) {
    touched.drain().values().forEach(days -> days.forEach(day -> judge(day, now)));
  }

  private void judge(int day, long now) {
    List<ScoreComparison> family = new ArrayList<>();
    families.comparisons(
        day,
        (name, bytes) -> family.add(ScoreComparisonCodec.INSTANCE.decode(bytes, 0, bytes.length)));
    Map<String, byte[]> before = new HashMap<>();
    families.alerts(day, before::put);
    for (ScoreAlert alert : ChangeAlerts.of(settings, day, family)) {
      byte[] bytes = ScoreAlertCodec.INSTANCE.encode(alert);
      byte[] was = before.remove(alert.id());
      if (!Arrays.equals(was, bytes)) {
        families.alert(day, alert.id(), bytes);
        send(alert.id(), wire.scoreAlert(alert), was == null ? Change.RAISED : Change.CHANGED, now);
      }
    }
    for (String id : before.keySet()) {
      families.alert(day, id, null);
      send(id, null, Change.RETRACTED, now);
    }
  }

  private void send(String id, byte[] value, Change change, long now) {
    Headers headers = new RecordHeaders();
    headers.add("change", change.name().getBytes(StandardCharsets.UTF_8));
    context.forward(new Record<>(id.getBytes(StandardCharsets.UTF_8), value, now, headers));
  }
}
