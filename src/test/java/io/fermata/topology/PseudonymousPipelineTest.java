package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.fermata.identity.IdentitySettings;
import io.fermata.identity.Pseudonyms;
import io.fermata.model.Erasure;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import io.fermata.topology.TestPipeline.DeadLetter;
import io.fermata.topology.TestPipeline.Published;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Nothing behind Route knows an identifier: not a topic, not a changelog, not a line of the log.
 */
class PseudonymousPipelineTest extends PipelineTest {

  private static final List<String> SECRETS = List.of("Zebra-4711", "zoe@example.org", "k00kie");
  private static final Pseudonyms PSEUDONYMS =
      Pseudonyms.keyed(
          "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8),
          IdentitySettings.DEFAULTS);

  @Test
  void shouldKeepIdentifiersOutOfEverythingPublishedAndStored() {
    Map<String, String> open =
        everythingOf(new RouteSettings(IdentitySettings.DEFAULTS, 256 * 1024));
    assertThat(open.get(TestPipeline.TOPICS.alerts())).contains(SECRETS.get(0));
    assertThat(open.get(TestPipeline.TOPICS.inbox())).contains(SECRETS);

    Map<String, String> hidden = everythingOf(hiding());

    assertThat(hidden.keySet()).isEqualTo(open.keySet());
    hidden.forEach(
        (topic, text) ->
            SECRETS.forEach(
                secret -> assertThat(text.contains(secret)).as(secret + " in " + topic).isFalse()));
  }

  @Test
  void shouldGiveTheSameViewsUnderOtherNames() {
    TestPipeline open = open(replay());
    TestPipeline hidden = open(replay().route(hiding()));
    feed(open);
    feed(hidden);

    List<Published<io.fermata.model.Alert>> alerts = open.alerts();
    assertThat(alerts).isNotEmpty();
    assertThat(hidden.alerts())
        .extracting(each -> each.value().rule() + each.value().at() + each.value().customer())
        .containsExactlyElementsOf(
            alerts.stream()
                .map(
                    each ->
                        each.value().rule()
                            + each.value().at()
                            + PSEUDONYMS.name(each.value().customer()))
                .toList());
  }

  @Test
  void shouldMeanTheSameCustomerWhenADeadLetterIsSentAgain() {
    TestPipeline pipeline = open(replay().rules(Traps.setIn(rules())).route(hiding()));
    pipeline.arrives(of(Traps.trap("t1", SECOND), "customer", SECRETS.get(0)));
    DeadLetter dead = pipeline.deadLetters().get(0);
    byte[] bytes = new byte[dead.value().remaining()];
    dead.value().get(bytes);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain(SECRETS.get(0));

    pipeline.arrives(null, bytes, new RecordHeaders());
    DeadLetter again = pipeline.deadLetters().get(0);

    assertThat(again.value().rewind()).isEqualTo(dead.value().rewind());
  }

  @Test
  void shouldForgetWhoIsNamedInClear() {
    TestPipeline pipeline = open(replay().route(hiding()));
    feed(pipeline);
    assertThat(pipeline.customers()).containsExactly(PSEUDONYMS.name("customer:" + SECRETS.get(0)));

    pipeline.erase("email:" + SECRETS.get(1), new Erasure(START, "asked for"));

    assertThat(pipeline.customers()).isEmpty();
    assertThat(pipeline.erased()).as("the address, the customer and the cookie").hasSize(4);
    assertThat(pipeline.everythingProduced().toString()).doesNotContain(SECRETS);
  }

  @Test
  void shouldLogNoIdentifierEvenWhenTouchpointsAreBadAndRulesFail() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    log.start();
    root.addAppender(log);
    try {
      TestPipeline pipeline = open(replay().rules(Traps.setIn(rules())));
      feed(pipeline);
      pipeline.arrives(of(Traps.trap("trap", SECOND), "customer", SECRETS.get(0)));
      pipeline.arrives(
          of(contact("bad", 0), "customer", SECRETS.get(0)).toBuilder().waitSeconds(-1).build());
      pipeline.arrives(
          SECRETS.get(0).getBytes(StandardCharsets.UTF_8),
          SECRETS.get(1).getBytes(StandardCharsets.UTF_8),
          new RecordHeaders());
      assertThat(pipeline.deadLetters()).hasSize(3);
    } finally {
      root.detachAppender(log);
    }

    assertThat(log.list).as("a failing rule is logged").isNotEmpty();
    for (ILoggingEvent event : log.list) {
      SECRETS.forEach(secret -> assertThat(textOf(event)).doesNotContain(secret));
    }
  }

  private static String textOf(ILoggingEvent event) {
    StringBuilder text = new StringBuilder(event.getFormattedMessage());
    for (IThrowableProxy at = event.getThrowableProxy(); at != null; at = at.getCause()) {
      text.append(' ').append(at.getMessage());
    }
    return text.toString();
  }

  private static RouteSettings hiding() {
    return new RouteSettings(IdentitySettings.DEFAULTS, 256 * 1024, PSEUDONYMS);
  }

  private Map<String, String> everythingOf(RouteSettings route) {
    TestPipeline pipeline = open(replay().route(route));
    feed(pipeline);
    return pipeline.everythingProduced();
  }

  /** A visitor who calls later, three times, is told of by the CRM and answers a survey. */
  private void feed(TestPipeline pipeline) {
    pipeline.arrives(of(contact("t0", 0), "cookie", SECRETS.get(2)));
    for (int i = 1; i <= 3; i++) {
      pipeline.arrives(of(contact("t" + i, i * SECOND), "customer", SECRETS.get(0)));
    }
    pipeline.arrives(
        of(contact("t4", 4 * SECOND), "customer", SECRETS.get(0)).toBuilder()
            .identifiers(
                List.of(
                    new Identifier("customer", SECRETS.get(0)),
                    new Identifier("email", SECRETS.get(1))))
            .build());
    pipeline.arrives(
        new IdentityLink(
            null, "cookie:" + SECRETS.get(2), "customer:" + SECRETS.get(0), START, null, false));
    pipeline.arrives(
        of(touchpoint("t5", "survey.answered", 5).build(), "customer", SECRETS.get(0)).toBuilder()
            .score(new Score(ScoreKind.NPS, 9, 0, 10, null))
            .build());
  }

  private static Touchpoint of(Touchpoint touchpoint, String kind, String value) {
    return touchpoint.toBuilder().identifiers(List.of(new Identifier(kind, value))).build();
  }
}
