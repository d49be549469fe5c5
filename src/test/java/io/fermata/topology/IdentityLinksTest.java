package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fermata.identity.Refusal;
import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.Journey;
import io.fermata.model.Touchpoint;
import io.fermata.topology.TestPipeline.Published;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the topic of links does to journeys, and what becomes of a bad link. */
class IdentityLinksTest extends PipelineTest {

  private static final String COOKIE = "cookie:k";
  private static final String EMAIL = "email:e";
  private static final IdentityLink LINK =
      new IdentityLink(null, COOKIE, "customer:C-1", START, null, false);
  private static final IdentityLink UNLINK =
      new IdentityLink(null, COOKIE, "customer:C-1", START, null, true);

  private final TestPipeline pipeline = open(replay());
  private final Map<String, String> customers = new TreeMap<>();

  @Test
  void shouldMoveWhatCameBeforeTheLinkAndAfterIt() {
    pipeline.arrives(visit("t1", -10));
    pipeline.arrives(LINK);
    pipeline.arrives(visit("t2", 10));

    assertThat(customers()).containsOnlyKeys("customer:C-1");
  }

  @Test
  void shouldMakeAnUnlinkedPastAsIfTheLinkHadNeverBeen() {
    pipeline.arrives(visit("t1", -10));
    pipeline.arrives(LINK);
    pipeline.arrives(visit("t2", 10));
    pipeline.arrives(UNLINK);

    assertThat(customers()).containsOnlyKeys(COOKIE);
    assertThat(pipeline.customers()).containsExactly(COOKIE);
  }

  @Test
  void shouldKeepALinkUnlinkedThatComesAfterItsUnlink() {
    pipeline.arrives(UNLINK);
    pipeline.arrives(visit("t1", 0));
    pipeline.arrives(LINK);
    pipeline.arrives(LINK);

    assertThat(customers()).containsOnlyKeys(COOKIE);
  }

  @Test
  void shouldUnlinkWhatATouchpointLinked() {
    pipeline.arrives(visit("t1", 0));
    pipeline.arrives(
        touchpoint("login", "contact.ended", 10 * SECOND)
            .identifiers(List.of(new Identifier("customer", "C-1"), new Identifier("cookie", "k")))
            .build());
    pipeline.arrives(
        new IdentityLink("login", COOKIE, "customer:C-1", START + 10 * SECOND, null, true));

    assertThat(customers()).containsOnlyKeys(COOKIE, "customer:C-1");
  }

  @Test
  void shouldEndALinkAtItsEarliestUntil() {
    pipeline.arrives(visit("t1", 0));
    pipeline.arrives(visit("t2", 20));
    pipeline.arrives(
        new IdentityLink(null, COOKIE, "customer:C-1", START, START + 10 * SECOND, false));
    pipeline.arrives(LINK);

    assertThat(customers()).containsOnlyKeys(COOKIE, "customer:C-1");
    pipeline.arrives(UNLINK);
    assertThat(customers()).containsOnlyKeys(COOKIE);
  }

  @Test
  void shouldExplainACircleAndTakeTheAlertBackWithIt() {
    pipeline.arrives(visit("t1", 0));
    pipeline.arrives(new IdentityLink("a", COOKIE, EMAIL, START, null, false));
    pipeline.arrives(new IdentityLink("b", EMAIL, COOKIE, START, null, false));
    pipeline.arrives(visit("t0", -5));

    assertThat(customers()).containsOnlyKeys(COOKIE);
    assertThat(pipeline.journeyLedger().count(Refusal.CIRCLE)).isEqualTo(2);
    List<Published<Alert>> alerts = sharedIdentifiers();
    assertThat(alerts)
        .extracting(Published::change, alert -> alert.value() == null)
        .containsExactly(
            tuple(Change.RAISED, false),
            tuple(Change.RETRACTED, true),
            tuple(Change.RAISED, false));
    Alert last = alerts.get(2).value();
    assertThat(last.customer()).isEqualTo(COOKIE);
    assertThat(last.evidence()).containsExactly("t0");
    assertThat(last.attributes()).containsEntry("reason", "circle");

    pipeline.arrives(new IdentityLink("b", EMAIL, COOKIE, START, null, true));

    assertThat(customers()).containsOnlyKeys(EMAIL);
    assertThat(sharedIdentifiers()).extracting(Published::change).containsExactly(Change.RETRACTED);
  }

  @Test
  void shouldTakeTheAlertAboutAConflictBackWithTheLink() {
    IdentityLink conflict =
        new IdentityLink(null, "customer:C-2", "customer:C-1", START, null, false);
    pipeline.arrives(conflict);

    assertThat(pipeline.journeyLedger().count(Refusal.CONFLICT)).isOne();
    assertThat(sharedIdentifiers())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.value().customer()).isEqualTo("customer:C-2");
              assertThat(alert.value().attributes()).containsEntry("reason", "conflict");
              assertThat(alert.value().evidence()).containsExactly("identity-link-" + START);
            });
    pipeline.arrives(new IdentityLink(null, "customer:C-2", "customer:C-1", START, null, true));
    assertThat(sharedIdentifiers()).extracting(Published::change).containsExactly(Change.RETRACTED);
  }

  @Test
  void shouldRefuseALinkToAPlaceholderWhicheverEndItIs() {
    pipeline.arrives(visit("t1", 0));
    pipeline.arrives(new IdentityLink("a", COOKIE, "customer:unknown", START, null, false));
    pipeline.arrives(new IdentityLink("a", COOKIE, "customer:unknown", START, null, true));

    assertThat(customers()).containsOnlyKeys(COOKIE);
    assertThat(pipeline.linkLedger().count(Refusal.PLACEHOLDER)).isOne();
    assertThat(sharedIdentifiers())
        .singleElement()
        .satisfies(alert -> assertThat(alert.value().customer()).isEqualTo("customer:unknown"));
  }

  @Test
  void shouldMakeADeadLetterOfABadLink() {
    byte[] noise = "no link".getBytes(StandardCharsets.UTF_8);
    byte[] key = "key".getBytes(StandardCharsets.UTF_8);
    pipeline.linkArrives(key, noise);
    pipeline.linkArrives(key, null);
    pipeline.arrives(new IdentityLink(" ", "cookie:", "cookie:", START, START, false));

    List<TestPipeline.DeadLetter> letters = pipeline.deadLetters();
    assertThat(letters)
        .extracting(letter -> letter.header("fermata.reason"))
        .containsExactly("UNDECODABLE", "UNDECODABLE", "INVALID");
    assertThat(letters.get(0).key()).isEqualTo("key");
    assertThat(letters.get(0).value().array()).isEqualTo(noise);
    assertThat(letters.get(2).header("fermata.detail"))
        .isEqualTo(
            "id is blank, expected text or none; from is no name, expected kind:value; to is no"
                + " name, expected kind:value; to is the same name as from, expected another;"
                + " until is 0 ms after at, expected at least 1");
    assertThat(letters)
        .allSatisfy(
            letter ->
                assertThat(letter.header("__streams.errors.topic"))
                    .isEqualTo(TestPipeline.TOPICS.identityLinks()));
    Ledger links = pipeline.linkLedger();
    assertThat(links.count(Ledger.Identity.LINKS_IN)).isEqualTo(3);
    assertThat(links.count(Ledger.Identity.LINKED)).isZero();
  }

  private static Touchpoint visit(String id, long seconds) {
    return touchpoint(id, "contact.ended", seconds * SECOND)
        .identifiers(List.of(new Identifier("cookie", "k")))
        .build();
  }

  /** Those who have a journey by now, with the last record of it. */
  private Map<String, String> customers() {
    for (Published<Journey> journey : pipeline.journeys()) {
      if (journey.value() == null) {
        customers.values().remove(journey.key());
      } else {
        customers.put(journey.value().customer(), journey.key());
      }
    }
    return customers;
  }

  private List<Published<Alert>> sharedIdentifiers() {
    return pipeline.alertsLatest();
  }
}
