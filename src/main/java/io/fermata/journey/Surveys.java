package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Pillar;
import io.fermata.model.ScoreKind;
import io.fermata.model.SurveyResponse;
import io.fermata.score.Experience;
import io.fermata.score.PillarBalances;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What survey responses are made of: how the customer stands with each pillar, and the answers of
 * the last P90D. Owned by a {@link FoldState}.
 */
final class Surveys {

  /** How long an answer can be revised in place, and how far from it lies what it is about. */
  static final long KEPT_MILLIS = Duration.ofDays(90).toMillis();

  private static final ScoreKind[] KINDS = ScoreKind.values();

  private static final Map<Pillar, String> NAMES = new EnumMap<>(Pillar.class);

  static {
    PillarBalances.PILLARS.forEach(pillar -> NAMES.put(pillar, pillar.name()));
  }

  /**
   * An answer that counts.
   *
   * @param waits whether the touchpoint that it is about has not come yet
   */
  record Answer(SurveyResponse response, boolean waits) {}

  private final PillarBalances pillars;

  /** In the order in which they were given, one for each survey. */
  private final List<Answer> answers = new ArrayList<>(0);

  private boolean waiting;

  Surveys() {
    this(new PillarBalances());
  }

  private Surveys(PillarBalances pillars) {
    this.pillars = pillars;
  }

  void experience(Alert alert) {
    pillars.add(new Experience(alert.at(), alert.pillar(), alert.polarity(), alert.severity()));
  }

  Map<String, Double> pillarsAt(long time) {
    Map<String, Double> scores = new TreeMap<>();
    pillars.scoresAt(time).forEach((pillar, score) -> scores.put(NAMES.get(pillar), score));
    return scores;
  }

  /** Whether an answer is about a touchpoint that has not come yet. */
  boolean isWaiting() {
    return waiting;
  }

  List<Answer> answers() {
    return answers;
  }

  /** Puts an answer at the end, or another version of one in its place. */
  void set(int index, Answer answer) {
    if (index < answers.size()) {
      answers.set(index, answer);
    } else {
      answers.add(answer);
    }
    waiting |= answer.waits();
  }

  void remove(int index) {
    answers.remove(index);
  }

  /** Forgets answers that are too old to be revised. */
  void expire(long now) {
    if (!answers.isEmpty()) {
      answers.removeIf(answer -> answer.response().at() < now - KEPT_MILLIS);
      lookWhoWaits();
    }
  }

  void lookWhoWaits() {
    waiting = answers.stream().anyMatch(Answer::waits);
  }

  /** What an answer given already knows of the touchpoint with an id, or null. */
  About known(String id) {
    for (Answer answer : answers) {
      if (!answer.waits() && id.equals(answer.response().about())) {
        return About.of(answer.response());
      }
    }
    return null;
  }

  void write(ByteWriter out) {
    int there = 0;
    for (int i = 0; i < PillarBalances.PILLARS.size(); i++) {
      there |= pillars.balance(i) == 0 ? 0 : 1 << i;
    }
    out.writeByte(there);
    if (there != 0) {
      out.writeSigned(pillars.at());
    }
    for (int i = 0; i < PillarBalances.PILLARS.size(); i++) {
      if ((there >> i & 1) != 0) {
        out.writeDouble(pillars.balance(i));
      }
    }
    out.writeCount(answers.size());
    for (Answer answer : answers) {
      write(out, answer);
    }
  }

  static Surveys read(ByteReader in, String customer) {
    int there = in.readByte();
    long at = there == 0 ? 0 : in.readSigned();
    double[] balances = new double[PillarBalances.PILLARS.size()];
    for (int i = 0; i < balances.length; i++) {
      balances[i] = (there >> i & 1) != 0 ? in.readDouble() : 0;
    }
    Surveys surveys = new Surveys(new PillarBalances(at, balances));
    for (int left = in.readInt(); left > 0; left--) {
      surveys.set(surveys.answers.size(), read(customer, in));
    }
    return surveys;
  }

  @SuppressWarnings("EnumOrdinal") // as all of the state
  private static void write(ByteWriter out, Answer answer) {
    SurveyResponse response = answer.response();
    out.writeByte(answer.waits() ? 1 : 0);
    out.writeString(response.id());
    out.writeSigned(response.at());
    out.writeByte(response.kind().ordinal());
    out.writeDouble(response.value());
    out.writeDouble(response.min());
    out.writeDouble(response.max());
    out.writeNullableString(response.about());
    out.writeByte(response.channel() == null ? 0 : response.channel().ordinal() + 1);
    out.writeByte(response.area() == null ? 0 : response.area().ordinal() + 1);
    out.writeNullableString(response.segment());
    out.writeNullableString(response.topic());
    out.writeNullableString(response.campaign());
    for (Pillar pillar : PillarBalances.PILLARS) {
      out.writeDouble(response.pillars().get(NAMES.get(pillar)));
    }
  }

  private static Answer read(String customer, ByteReader in) {
    boolean waits = in.readByte() == 1;
    String id = in.readString();
    long at = in.readSigned();
    ScoreKind kind = KINDS[in.readByte()];
    double value = in.readDouble();
    double min = in.readDouble();
    double max = in.readDouble();
    String about = in.readNullableString();
    Channel channel = Entry.channel(in);
    Area area = Entry.area(in);
    String segment = in.readNullableString();
    String topic = in.readNullableString();
    String campaign = in.readNullableString();
    Map<String, Double> scores = new TreeMap<>();
    for (Pillar pillar : PillarBalances.PILLARS) {
      scores.put(NAMES.get(pillar), in.readDouble());
    }
    return new Answer(
        new SurveyResponse(
            id, customer, at, kind, value, min, max, about, channel, area, segment, topic, campaign,
            scores),
        waits);
  }
}
