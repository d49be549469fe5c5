package io.fermata.score;

import io.fermata.model.ScoreBucket;
import io.fermata.model.ScoreKind;
import io.fermata.model.SurveyResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of some days, or what comes in addition: answers by value, and sums. Buckets are
 * added and taken away in any order with one result to the last bit. Mutable, not safe for threads.
 */
public final class Bucket implements Tally<Bucket> {

  /** The six pillars and the answer. */
  private static final int VARIABLES = PillarBalances.PILLARS.size() + 1;

  private final TreeMap<Double, Long> counts = new TreeMap<>();
  private long satisfied;
  private long sent;

  /** Null for none. */
  private Moments moments;

  /** What one answer adds. */
  static Bucket of(SurveyResponse response) {
    Bucket bucket = new Bucket();
    double value = response.value() + 0.0; // no negative zero
    bucket.counts.put(value, 1L);
    bucket.satisfied = value >= response.min() + 0.75 * (response.max() - response.min()) ? 1 : 0;
    if (response.kind() == ScoreKind.NPS) {
      double[] observation = new double[VARIABLES];
      for (int i = 0; i < VARIABLES - 1; i++) {
        observation[i] = response.pillars().get(PillarBalances.PILLARS.get(i).name());
      }
      observation[VARIABLES - 1] = value;
      bucket.moments = Moments.of(observation);
    }
    return bucket;
  }

  /** What one sent survey adds. */
  static Bucket ofSent() {
    Bucket bucket = new Bucket();
    bucket.sent = 1;
    return bucket;
  }

  @Override
  public void add(Bucket other) {
    other.counts.forEach((value, count) -> count(value, count));
    satisfied += other.satisfied;
    sent += other.sent;
    if (other.moments != null) {
      ownMoments().add(other.moments);
    }
  }

  @Override
  public void subtract(Bucket other) {
    other.counts.forEach((value, count) -> count(value, -count));
    satisfied -= other.satisfied;
    sent -= other.sent;
    if (other.moments != null) {
      ownMoments().subtract(other.moments);
    }
  }

  private void count(double value, long count) {
    counts.merge(value, count, (a, b) -> a + b == 0 ? null : (Long) (a + b));
  }

  private Moments ownMoments() {
    if (moments == null) {
      moments = new Moments(VARIABLES);
    }
    return moments;
  }

  @Override
  public boolean isEmpty() {
    return counts.isEmpty()
        && satisfied == 0
        && sent == 0
        && (moments == null || moments.isEmpty());
  }

  /** Whether any answer is in it. */
  public boolean hasAnswers() {
    return !counts.isEmpty();
  }

  /** Answers by value, in the order of values. */
  Map<Double, Long> counts() {
    return counts;
  }

  long satisfied() {
    return satisfied;
  }

  long sent() {
    return sent;
  }

  /** Sums over the answers, or null where there are none. */
  Moments moments() {
    return moments;
  }

  /** The bucket as it is sent and stored. */
  public ScoreBucket toRecord(ScoreKey key, int day) {
    Map<String, Long> texts = new TreeMap<>();
    counts.forEach((value, count) -> texts.put(Double.toString(value), count));
    return new ScoreBucket(
        key.kind(),
        key.dimension(),
        key.value(),
        day,
        texts,
        satisfied,
        sent,
        moments == null ? ByteBuffer.allocate(0) : moments.toBytes());
  }

  /** What {@link #toRecord} gave. */
  public static Bucket of(ScoreBucket bucket) {
    Bucket read = new Bucket();
    new HashMap<>(bucket.counts())
        .forEach((value, count) -> read.count(Double.parseDouble(value), count));
    read.satisfied = bucket.satisfied();
    read.sent = bucket.sent();
    if (bucket.moments().hasRemaining()) {
      read.moments = Moments.read(VARIABLES, bucket.moments());
    }
    return read;
  }
}
