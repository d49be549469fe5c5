package io.fermata.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fermata.model.Identifier;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointValidator;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TouchpointGeneratorTest {

  private static final GeneratorSettings MONTH = GeneratorSettings.of(17, 600, 30);

  @Test
  void shouldGiveTheSameTouchpointsWhenTheSeedIsTheSame() {
    assertThat(all(MONTH)).isEqualTo(all(MONTH));
  }

  @Test
  void shouldGiveOtherTouchpointsWhenTheSeedDiffers() {
    Set<Touchpoint> common = new HashSet<>(all(GeneratorSettings.of(18, 600, 30)));
    common.retainAll(new HashSet<>(all(MONTH)));

    assertThat(common).isEmpty();
  }

  @Test
  void shouldUseTheWholeVocabularyWhenAMonthIsSimulated() {
    Set<String> types = all(MONTH).stream().map(Touchpoint::type).collect(Collectors.toSet());

    assertThat(types).containsExactlyInAnyOrderElementsOf(Vocabulary.TYPES);
  }

  @Test
  void shouldGiveValidTouchpointsOfUniqueIdsWithinThePeriod() {
    GeneratorSettings settings = MONTH.withAnonymous(0.5);
    Set<String> ids = new HashSet<>();

    for (Touchpoint t : all(settings)) {
      assertThat(TouchpointValidator.problems(t)).as("%s", t).isEmpty();
      assertThat(ids.add(t.id())).as("%s is unique", t.id()).isTrue();
      assertThat(Instant.ofEpochMilli(t.occurredAt()))
          .isBetween(settings.start(), settings.end().minusMillis(1));
    }
  }

  @Test
  void shouldBeInOrderAndUnderCustomerNumbersWhenNothingElseIsAsked() {
    long time = Long.MIN_VALUE;
    Map<String, Long> lastOf = new HashMap<>();

    for (Touchpoint t : all(MONTH)) {
      assertThat(t.identifiers()).extracting(Identifier::kind).containsExactly("customer");
      assertThat(t.occurredAt()).isGreaterThanOrEqualTo(time);
      time = t.occurredAt();
      Long before = lastOf.put(t.identifiers().get(0).value(), t.occurredAt());
      assertThat(before == null || before < t.occurredAt()).as("%s", t).isTrue();
    }
  }

  @Test
  void shouldBeQuieterAtNightWhereTheCustomerLives() {
    int[] byHour = new int[24];
    for (Touchpoint t : all(MONTH)) {
      byHour[Instant.ofEpochMilli(t.occurredAt()).atZone(ZoneId.of(t.timeZone())).getHour()]++;
    }
    int night = byHour[0] + byHour[1] + byHour[2] + byHour[3] + byHour[4];
    int noon = byHour[10] + byHour[11] + byHour[12] + byHour[13] + byHour[14];

    assertThat(night * 5).isLessThan(noon);
  }

  @Test
  void shouldDelayAndRepeatTheSameTouchpointsInTheSharesAsked() {
    List<Touchpoint> inOrder = all(MONTH);
    List<Arrival> arrivals = arrivals(MONTH.withArrivals(0.1, 0.05));
    long late = 0;
    Set<String> seen = new HashSet<>();
    List<Touchpoint> firstTime = new ArrayList<>();
    long clock = Long.MIN_VALUE;
    for (Arrival arrival : arrivals) {
      Touchpoint t = arrival.touchpoint();
      assertThat(arrival.arrivesAt()).isGreaterThanOrEqualTo(clock);
      clock = arrival.arrivesAt();
      if (seen.add(t.id())) {
        firstTime.add(t);
        long delay = arrival.arrivesAt() - t.occurredAt();
        assertThat(delay).isBetween(0L, Duration.ofDays(6).toMillis());
        late += delay > 0 ? 1 : 0;
      }
    }

    assertThat(firstTime).containsExactlyInAnyOrderElementsOf(inOrder);
    assertThat(late / (double) inOrder.size()).isCloseTo(0.1, within(0.01));
    assertThat((arrivals.size() - inOrder.size()) / (double) inOrder.size())
        .isCloseTo(0.05, within(0.01));
  }

  @Test
  void shouldShowVisitorsWhoLogInLaterWithoutChangingWhatHappens() {
    List<Touchpoint> known = all(MONTH);
    List<Touchpoint> visitors = all(MONTH.withAnonymous(0.4));
    Set<String> linked = new HashSet<>();
    Set<Identifier> weakOnly = new HashSet<>();
    for (int i = 0; i < known.size(); i++) {
      Touchpoint t = visitors.get(i);
      assertThat(t.toBuilder().identifiers(known.get(i).identifiers()).build())
          .isEqualTo(known.get(i));
      if (t.identifiers().size() == 2) {
        assertThat(t.identifiers().get(0).kind()).isEqualTo("customer");
        linked.add(t.identifiers().get(1).key());
      } else if (!t.identifiers().get(0).kind().equals("customer")) {
        weakOnly.add(t.identifiers().get(0));
      }
    }

    assertThat(weakOnly.stream().map(Identifier::kind).collect(Collectors.toSet()))
        .contains("cookie", "device", "phone", "email");
    assertThat(weakOnly).anyMatch(weak -> linked.contains(weak.key()));
    assertThat(weakOnly).anyMatch(weak -> !linked.contains(weak.key()));
  }

  @Test
  void shouldKeepToTheIndustriesAskedFor() {
    GeneratorSettings bank = MONTH.withIndustries(List.of(Industry.BANK));

    assertThat(all(bank)).allMatch(t -> "bank".equals(t.attributes().get("brand")));
  }

  @Test
  void shouldSendNoSurveysOfContactsWhenNoneAreAskedFor() {
    GeneratorSettings silent = MONTH.withSurveys(0).withIncidents(0);

    assertThat(all(silent)).noneMatch(t -> t.type().startsWith("survey."));
  }

  @Test
  void shouldGoOnWhenThereIsNoEnd() {
    TouchpointGenerator endless = new TouchpointGenerator(GeneratorSettings.endless(17, 50));
    Touchpoint last = null;
    for (int i = 0; i < 100_000; i++) {
      last = endless.next();
    }

    assertThat(endless.hasNext()).isTrue();
    assertThat(last.occurredAt())
        .isGreaterThan(GeneratorSettings.DEFAULT_START.plus(Duration.ofDays(500)).toEpochMilli());
  }

  @Test
  void shouldEndWithAnExceptionWhenAskedForMoreThanThereIs() {
    TouchpointGenerator generator = new TouchpointGenerator(GeneratorSettings.of(17, 1, 1));
    while (generator.hasNext()) {
      generator.next();
    }

    assertThatThrownBy(generator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void shouldRefuseSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> MONTH.withArrivals(1.5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("late is 1.5, expected 0 .. 1");
    assertThatThrownBy(() -> GeneratorSettings.of(1, 0, 1))
        .hasMessage("customers is 0, expected at least 1");
    assertThatThrownBy(() -> Industry.parse("farm"))
        .hasMessage("unknown industry 'farm', expected telecom, bank or shop");
  }

  static List<Touchpoint> all(GeneratorSettings settings) {
    List<Touchpoint> list = new ArrayList<>();
    new TouchpointGenerator(settings).forEachRemaining(list::add);
    return list;
  }

  private static List<Arrival> arrivals(GeneratorSettings settings) {
    TouchpointGenerator generator = new TouchpointGenerator(settings);
    List<Arrival> list = new ArrayList<>();
    while (generator.hasNext()) {
      list.add(generator.nextArrival());
    }
    return list;
  }
}
