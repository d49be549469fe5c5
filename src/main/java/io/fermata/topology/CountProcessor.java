package io.fermata.topology;

import io.fermata.codec.PillarBucketCodec;
import io.fermata.codec.ScoreBucketCodec;
import io.fermata.codec.SurveyResponseCodec;
import io.fermata.codec.SurveySentCodec;
import io.fermata.model.SurveyResponse;
import io.fermata.score.Bucket;
import io.fermata.score.Contribution;
import io.fermata.score.DimensionValue;
import io.fermata.score.PillarContribution;
import io.fermata.score.PillarTally;
import io.fermata.score.ScoreKey;
import io.fermata.score.ScoreSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The first half of the Score room: what each answer and each sent survey changes, added up for a
 * moment before it is sent on. However many come, a dimension's value gets one delta a day and
 * moment from each task, so that {@code all} makes no partition hot.
 */
final class CountProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  /** How long deltas are added up; what a report may be late by. */
  static final Duration MOMENT = Duration.ofSeconds(1);

  private final TopicNames topics;
  private final Wire wire;
  private final ScoreSettings settings;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> kept;
  private Pending<Bucket> scores;
  private Pending<PillarTally> pillars;

  CountProcessor(TopicNames topics, Wire wire, ScoreSettings settings) {
    this.topics = topics;
    this.wire = wire;
    this.settings = settings;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    kept = context.getStateStore(StoreNames.SCORE_ANSWERS);
    scores = new Pending<>(context.getStateStore(StoreNames.SCORE_PENDING), TallyFormat.SCORES);
    pillars = new Pending<>(context.getStateStore(StoreNames.PILLAR_PENDING), TallyFormat.PILLARS);
    // Wall-clock time: the last answer of the day must be reported as well.
    context.schedule(MOMENT, PunctuationType.WALL_CLOCK_TIME, this::send);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    String topic = context.recordMetadata().orElseThrow().topic();
    Bytes id = Bytes.wrap(record.key());
    if (record.headers().lastHeader(ViewPublisher.ERASED) != null) {
      // Whose it was is forgotten; that it was is not.
      Deletion.of(kept, id);
      return;
    }
    byte[] now = record.value() == null ? null : kept(topic, record.value());
    byte[] before = kept.get(id);
    if (Arrays.equals(before, now)) {
      return;
    }
    if (before != null) {
      count(topic, before, true);
    }
    if (now != null) {
      count(topic, now, false);
    }
    kept.put(id, now);
  }

  /** What is kept of a record: all that it counts for. */
  private byte[] kept(String topic, byte[] value) {
    if (topic.equals(topics.surveyResponses())) {
      return SurveyResponseCodec.INSTANCE.encode(wire.response(value));
    }
    return SurveySentCodec.INSTANCE.encode(wire.surveySent(value));
  }

  private void count(String topic, byte[] bytes, boolean takenBack) {
    if (topic.equals(topics.surveyResponses())) {
      SurveyResponse response = SurveyResponseCodec.INSTANCE.decode(bytes, 0, bytes.length);
      count(Contribution.of(settings, response), takenBack);
      count(PillarContribution.of(settings, response), takenBack);
    } else {
      count(
          Contribution.of(settings, SurveySentCodec.INSTANCE.decode(bytes, 0, bytes.length)),
          takenBack);
    }
  }

  private void count(Contribution contribution, boolean takenBack) {
    for (ScoreKey key : contribution.keys()) {
      scores.change(key.toString(), contribution.day(), contribution.bucket(), takenBack);
    }
  }

  private void count(PillarContribution contribution, boolean takenBack) {
    for (DimensionValue key : contribution.keys()) {
      pillars.change(key.toString(), contribution.day(), contribution.tally(), takenBack);
    }
  }

  private void send(long now) {
    scores.drain(
        (key, delta) ->
            forward(
                FermataTopology.WRITE_SCORE_DELTAS,
                key,
                wire.bucket(ScoreBucketCodec.INSTANCE.decode(delta, 0, delta.length)),
                now));
    pillars.drain(
        (key, delta) ->
            forward(
                FermataTopology.WRITE_PILLAR_DELTAS,
                key,
                wire.pillarBucket(PillarBucketCodec.INSTANCE.decode(delta, 0, delta.length)),
                now));
  }

  private void forward(String sink, String key, byte[] value, long now) {
    context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, now), sink);
  }
}
