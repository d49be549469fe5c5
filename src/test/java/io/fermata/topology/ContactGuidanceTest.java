package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Change;
import io.fermata.model.Channel;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Direction;
import io.fermata.model.Purpose;
import io.fermata.model.Touchpoint;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import io.fermata.topology.TestPipeline.Published;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is published in the topic contact-guidance, and when. */
class ContactGuidanceTest extends PipelineTest {

  private static final String RULES =
      """
      rules:
        - id: two-a-day
          title: {en: Two a day}
          pillar: EXPECTATIONS
          severity: MEDIUM
          pause: {for: P2D, purposes: [MARKETING], channels: same}
          count: {where: "type == 'message.sent' && purpose == 'MARKETING'", atLeast: 2, within: P1D, per: [channel]}
        - id: promise
          title: {en: Promise}
          pillar: INTEGRITY
          severity: HIGH
          absence: {after: "type == 'callback.promised'", expect: "type == 'callback.made'", within: PT1H}
      """;

  @Test
  void shouldPublishUnderTheCustomerAtTheFirstTouchpoint() {
    TestPipeline pipeline = guided();

    pipeline.arrives(touchpoint("t1", "page.viewed", 0).build());

    Published<ContactGuidance> published = pipeline.guidance().get(0);
    assertThat(published.key()).isEqualTo(CUSTOMER);
    assertThat(published.change()).isEqualTo(Change.RAISED);
    assertThat(published.timestamp()).isEqualTo(START);
    ContactGuidance guidance = published.value();
    assertThat(guidance.customer()).isEqualTo(CUSTOMER);
    assertThat(guidance.at()).isEqualTo(START);
    assertThat(guidance.nextAllowedAt()).hasSize(17).containsEntry("ANY", START);
    assertThat(guidance.pressure()).isEmpty();
  }

  @Test
  void shouldPublishNothingWhenNothingInItChanges() {
    TestPipeline pipeline = guided();
    pipeline.arrives(touchpoint("t1", "page.viewed", 0).build());
    pipeline.guidance();

    pipeline.arrives(touchpoint("t2", "page.viewed", HOUR).build());
    pipeline.arrives(touchpoint("t2", "page.viewed", HOUR).build());
    pipeline.tick(START + 30 * DAY);

    assertThat(pipeline.guidance()).isEmpty();
  }

  @Test
  void shouldSayWhenTheNextMessageIsAllowed() {
    TestPipeline pipeline = guided();

    pipeline.arrives(message("t1", 0));
    pipeline.arrives(message("t2", HOUR));

    List<Published<ContactGuidance>> published = pipeline.guidance();
    assertThat(published)
        .extracting(Published::change)
        .containsExactly(Change.RAISED, Change.CHANGED);
    assertThat(published.get(0).value().nextAllowedAt())
        .containsEntry("EMAIL", START + DAY)
        .containsEntry("SMS", START)
        .containsEntry("ANY", START);
    ContactGuidance guidance = published.get(1).value();
    assertThat(guidance.nextAllowedAt())
        .containsEntry("EMAIL", START + HOUR + 2 * DAY)
        .containsEntry("SMS", START + HOUR);
    assertThat(guidance.pauseUntil()).isEqualTo(START + HOUR + 2 * DAY);
    assertThat(guidance.pauseReasons()).containsExactly("two-a-day");
    assertThat(guidance.ignoredInARow()).isEqualTo(2);
    assertThat(guidance.pressure())
        .containsExactlyEntriesOf(Map.of("MARKETING", Map.of("P1D", 2, "P7D", 2, "P30D", 2)));
  }

  @Test
  void shouldPublishAtADeadlineThatBeginsASilence() {
    TestPipeline pipeline = guided();
    pipeline.arrives(touchpoint("t1", "callback.promised", 0).build());
    pipeline.guidance();

    pipeline.tick(START + HOUR + 1);

    Published<ContactGuidance> published = pipeline.guidance().get(0);
    assertThat(published.change()).isEqualTo(Change.CHANGED);
    assertThat(published.value().at()).isEqualTo(START + HOUR);
    assertThat(published.value().pauseReasons()).containsExactly("recovery-silence");
    assertThat(published.value().nextAllowedAt()).containsEntry("ANY", START + HOUR + 7 * DAY);
  }

  @Test
  void shouldTakeTheSilenceBackWhenTheAnswerArrivesLate() {
    TestPipeline pipeline = guided();
    pipeline.arrives(touchpoint("t1", "callback.promised", 0).build());
    pipeline.tick(START + HOUR + 1);
    pipeline.guidance();

    pipeline.arrives(touchpoint("t2", "callback.made", HOUR).build());

    Published<ContactGuidance> published = pipeline.guidance().get(0);
    assertThat(published.change()).isEqualTo(Change.CHANGED);
    assertThat(published.value().at()).isEqualTo(START);
    assertThat(published.value().pauseReasons()).isEmpty();
    assertThat(published.value().nextAllowedAt()).containsEntry("ANY", START);
  }

  private TestPipeline guided() {
    return open(replay().rules(RuleCompiler.compile(RuleLoader.parse("rules.yaml", RULES))));
  }

  private static Touchpoint message(String id, long after) {
    return touchpoint(id, "message.sent", after)
        .channel(Channel.EMAIL)
        .direction(Direction.OUTBOUND)
        .purpose(Purpose.MARKETING)
        .build();
  }
}
