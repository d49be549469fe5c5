package io.fermata.score;

import io.fermata.model.Pillar;
import io.fermata.model.PillarBucket;
import io.fermata.model.PillarReport;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.model.SurveyResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of the pillars on some days, or what comes in addition: sums of the pillar scores
 * at answers, and experiences by sort. Mutable, not safe for threads.
 */
public final class PillarTally implements Tally<PillarTally> {

  private static final int PILLARS = PillarBalances.PILLARS.size();

  /** A sort of experience. */
  private record Sort(Pillar pillar, Polarity polarity, Severity severity)
      implements Comparable<Sort> {

    private static final Comparator<Sort> ORDER =
        Comparator.comparing(Sort::pillar)
            .thenComparing(Sort::polarity)
            .thenComparing(Sort::severity);

    @Override
    public int compareTo(Sort other) {
      return ORDER.compare(this, other);
    }

    static Sort parse(String text) {
      String[] names = text.split(" ", 3);
      return new Sort(
          Pillar.valueOf(names[0]), Polarity.valueOf(names[1]), Severity.valueOf(names[2]));
    }

    @Override
    public String toString() {
      return pillar + " " + polarity + " " + severity;
    }
  }

  private final TreeMap<Sort, Long> experiences = new TreeMap<>();
  private long n;

  /** Null for none. */
  private ExactSums sums;

  /** What one answer adds. */
  static PillarTally of(SurveyResponse response) {
    PillarTally tally = new PillarTally();
    tally.n = 1;
    tally.sums = new ExactSums(PILLARS);
    for (int i = 0; i < PILLARS; i++) {
      double score = response.pillars().get(PillarBalances.PILLARS.get(i).name());
      tally.sums.set(i, ExactSums.fixed(score));
    }
    return tally;
  }

  /** What some experiences add. */
  static PillarTally of(ExperienceKey experience, long count) {
    PillarTally tally = new PillarTally();
    tally.experiences.put(
        new Sort(experience.pillar(), experience.polarity(), experience.severity()), count);
    return tally;
  }

  @Override
  public void add(PillarTally other) {
    other.experiences.forEach((sort, count) -> count(sort, count));
    n += other.n;
    if (other.sums != null) {
      ownSums().add(other.sums);
    }
  }

  @Override
  public void subtract(PillarTally other) {
    other.experiences.forEach((sort, count) -> count(sort, -count));
    n -= other.n;
    if (other.sums != null) {
      ownSums().subtract(other.sums);
    }
  }

  private void count(Sort sort, long count) {
    experiences.merge(sort, count, (a, b) -> a + b == 0 ? null : (Long) (a + b));
  }

  private ExactSums ownSums() {
    if (sums == null) {
      sums = new ExactSums(PILLARS);
    }
    return sums;
  }

  @Override
  public boolean isEmpty() {
    return experiences.isEmpty() && n == 0 && (sums == null || sums.isZero());
  }

  long n() {
    return n;
  }

  /** By name of each pillar the mean of its scores; empty without answers. */
  Map<String, Double> means() {
    Map<String, Double> means = new TreeMap<>();
    for (int i = 0; n > 0 && i < PILLARS; i++) {
      means.put(PillarBalances.PILLARS.get(i).name(), sums.mean(i, n));
    }
    return means;
  }

  List<PillarReport.Experiences> experiences() {
    List<PillarReport.Experiences> counted = new ArrayList<>();
    experiences.forEach(
        (sort, count) ->
            counted.add(
                new PillarReport.Experiences(
                    sort.pillar(), sort.polarity(), sort.severity(), count)));
    return counted;
  }

  /** The tally as it is sent and stored. */
  public PillarBucket toRecord(DimensionValue key, int day) {
    ByteBuffer bytes = ByteBuffer.allocate(sums == null || sums.isZero() ? 0 : sums.bytes());
    if (bytes.hasRemaining()) {
      sums.write(bytes);
      bytes.flip();
    }
    Map<String, Long> counts = new TreeMap<>();
    experiences.forEach((sort, count) -> counts.put(sort.toString(), count));
    return new PillarBucket(key.dimension(), key.value(), day, n, bytes, counts);
  }

  /** What {@link #toRecord} gave. */
  public static PillarTally of(PillarBucket bucket) {
    PillarTally read = new PillarTally();
    bucket.experiences().forEach((sort, count) -> read.count(Sort.parse(sort), count));
    read.n = bucket.n();
    if (bucket.sums().hasRemaining()) {
      read.sums = ExactSums.read(PILLARS, bucket.sums().duplicate());
    }
    return read;
  }
}
