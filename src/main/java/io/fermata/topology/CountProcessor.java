package io.fermata.topology;

import io.fermata.codec.ScoreBucketCodec;
import io.fermata.codec.SurveyResponseCodec;
import io.fermata.codec.SurveySentCodec;
import io.fermata.score.Bucket;
import io.fermata.score.Contribution;
import io.fermata.score.ScoreKey;
import io.fermata.score.ScoreSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The first half of the Score room: what each answer and each sent survey changes, added up for a
 * moment before it is sent on. However many answers come, a dimension's value gets one delta a day
 * and moment from each task, so that {@code all} makes no partition hot.
 */
final class CountProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  /** How long deltas are added up; what a report may be late by. */
  static final Duration MOMENT = Duration.ofSeconds(1);

  private final TopicNames topics;
  private final Wire wire;
  private final ScoreSettings settings;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> answers;
  private KeyValueStore<String, byte[]> pending;

  CountProcessor(TopicNames topics, Wire wire, ScoreSettings settings) {
    this.topics = topics;
    this.wire = wire;
    this.settings = settings;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    answers = context.getStateStore(StoreNames.SCORE_ANSWERS);
    pending = context.getStateStore(StoreNames.SCORE_PENDING);
    // Wall-clock time: the last answer of the day must be reported as well.
    context.schedule(MOMENT, PunctuationType.WALL_CLOCK_TIME, this::send);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    boolean answer =
        context.recordMetadata().orElseThrow().topic().equals(topics.surveyResponses());
    Bytes id = Bytes.wrap(record.key());
    byte[] now = record.value() == null ? null : kept(record.value(), answer);
    byte[] before = answers.get(id);
    if (record.headers().lastHeader(ViewPublisher.ERASED) != null) {
      // Whoever gave the answer is forgotten; that one was given is not.
      answers.delete(id);
      return;
    }
    if (Arrays.equals(before, now)) {
      return;
    }
    if (before != null) {
      change(contribution(before, answer), true);
    }
    if (now != null) {
      change(contribution(now, answer), false);
    }
    answers.put(id, now);
  }

  private byte[] kept(byte[] value, boolean answer) {
    return answer
        ? SurveyResponseCodec.INSTANCE.encode(wire.response(value))
        : SurveySentCodec.INSTANCE.encode(wire.surveySent(value));
  }

  private Contribution contribution(byte[] kept, boolean answer) {
    return answer
        ? Contribution.of(settings, SurveyResponseCodec.INSTANCE.decode(kept, 0, kept.length))
        : Contribution.of(settings, SurveySentCodec.INSTANCE.decode(kept, 0, kept.length));
  }

  private void change(Contribution contribution, boolean takenBack) {
    for (ScoreKey key : contribution.keys()) {
      String name = key + "|" + contribution.day();
      byte[] waiting = pending.get(name);
      Bucket delta = waiting == null ? new Bucket() : bucket(waiting);
      if (takenBack) {
        delta.subtract(contribution.bucket());
      } else {
        delta.add(contribution.bucket());
      }
      pending.put(
          name,
          delta.isEmpty()
              ? null
              : ScoreBucketCodec.INSTANCE.encode(delta.toRecord(key, contribution.day())));
    }
  }

  private static Bucket bucket(byte[] bytes) {
    return Bucket.of(ScoreBucketCodec.INSTANCE.decode(bytes, 0, bytes.length));
  }

  private void send(long now) {
    List<KeyValue<String, byte[]>> deltas = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = pending.all()) {
      all.forEachRemaining(deltas::add);
    }
    for (KeyValue<String, byte[]> delta : deltas) {
      String key = delta.key.substring(0, delta.key.lastIndexOf('|'));
      context.forward(
          new Record<>(
              key.getBytes(StandardCharsets.UTF_8),
              wire.bucket(ScoreBucketCodec.INSTANCE.decode(delta.value, 0, delta.value.length)),
              now));
      pending.delete(delta.key);
    }
  }
}
