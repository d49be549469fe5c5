package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.ValueCodecs;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.model.Channel;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Direction;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Tests of the topology without a broker, with three rules and a registry on loopback. */
abstract class PipelineTest {

  static final long START = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
  static final long SECOND = 1000;
  static final long HOUR = Duration.ofHours(1).toMillis();
  static final long DAY = Duration.ofDays(1).toMillis();

  /** Of touchpoints made here that name no other. */
  static final String CUSTOMER = "customer:C-1";

  /** Beyond an interval at which the Journey room looks at the clock. */
  static final Duration A_MOMENT = Duration.ofMillis(100);

  static final String RULES =
      """
      theme: test
      rules:
        - id: long-wait
          title: {en: Long wait, pl: Długie oczekiwanie}
          pillar: TIME_AND_EFFORT
          levels: {MEDIUM: 300, HIGH: 600}
          single: {where: "type == 'contact.ended' && waitSeconds >= 300", measure: waitSeconds}
        - id: repeat-contact
          title: {en: Again, pl: Znowu}
          pillar: RESOLUTION
          severity: MEDIUM
          count: {where: "type == 'contact.ended'", atLeast: 3, within: PT10H}
        - id: broken-callback
          title: {en: Not called back, pl: Nie oddzwoniono}
          pillar: INTEGRITY
          severity: HIGH
          absence: {after: "type == 'callback.promised'", expect: "type == 'callback.made'", within: PT1H}
      """;

  private static EmbeddedRegistry registry;
  private static ValueCodecs codecs;

  private final List<TestPipeline> opened = new ArrayList<>();

  @BeforeAll
  static void startRegistry() throws IOException {
    registry = EmbeddedRegistry.start(0);
    codecs = ValueCodecs.of(Map.of("schema.registry.url", registry.url()));
  }

  @AfterAll
  static void stopRegistry() {
    codecs.close();
    registry.close();
  }

  @AfterEach
  void closePipelines() {
    opened.forEach(TestPipeline::close);
  }

  static String registryUrl() {
    return registry.url();
  }

  static ValueCodecs codecs() {
    return codecs;
  }

  static RuleSet rules() {
    return rules(RULES);
  }

  static RuleSet rules(String yaml) {
    return RuleCompiler.compile(RuleLoader.parse("test.yaml", yaml));
  }

  /** A replay; its wall clock is at {@link #START}. */
  static TestSetup replay() {
    return TestSetup.of(codecs, rules()).clock(ClockSettings.REPLAY, START);
  }

  /** A live run with the default limits; its wall clock is at {@link #START}. */
  static TestSetup live() {
    return TestSetup.of(codecs, rules())
        .clock(new ClockSettings(true, 30 * SECOND, 5 * 60 * SECOND), START);
  }

  TestPipeline open(TestSetup setup) {
    TestPipeline pipeline = new TestPipeline(setup);
    opened.add(pipeline);
    return pipeline;
  }

  /** The pipeline started again on its stores. */
  TestPipeline restart(TestPipeline pipeline, TestSetup setup) {
    TestPipeline restarted = pipeline.restarted(setup);
    opened.add(restarted);
    return restarted;
  }

  /** A touchpoint {@code after} milliseconds from {@link #START}. */
  static TouchpointBuilder touchpoint(String id, String type, long after) {
    return Touchpoint.builder()
        .id(id)
        .occurredAt(START + after)
        .identifier("customer", "C-1")
        .channel(Channel.VOICE)
        .direction(Direction.INBOUND)
        .type(type);
  }

  static Touchpoint contact(String id, long after) {
    return touchpoint(id, "contact.ended", after).build();
  }

  static Touchpoint promise(String id, long after) {
    return touchpoint(id, "callback.promised", after).build();
  }

  static Touchpoint callback(String id, long after) {
    return touchpoint(id, "callback.made", after).build();
  }

  /** Both rooms have counted this, and law 7 holds. */
  static void assertLedgers(
      TestPipeline pipeline, long in, long folded, long duplicates, DeadLetterReason... dead) {
    Ledger route = pipeline.routeLedger();
    Ledger journey = pipeline.journeyLedger();
    assertThat(route.count(Ledger.Entry.IN)).as("in").isEqualTo(in);
    assertThat(journey.count(Ledger.Entry.FOLDED)).as("folded").isEqualTo(folded);
    assertThat(journey.count(Ledger.Entry.DUPLICATE)).as("duplicates").isEqualTo(duplicates);
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      assertThat(route.count(reason) + journey.count(reason))
          .as("dead letters %s", reason)
          .isEqualTo(Arrays.stream(dead).filter(reason::equals).count());
    }
    assertThat(folded + duplicates + dead.length).as("law 7").isEqualTo(in);
  }
}
