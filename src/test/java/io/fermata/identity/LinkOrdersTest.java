package io.fermata.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Alert;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A few people's stories in every order in which touchpoints and links can arrive. */
class LinkOrdersTest {

  /** Each arrival of a story under the name it arrives at. */
  private interface Arrival {
    void at(MemoryNames names);
  }

  @Test
  void shouldSettleAChainInEveryOrderOfArrival() {
    List<Touchpoint> touchpoints =
        List.of(
            touchpoint("search", 1, "cookie:k"),
            touchpoint("signup", 2, "email:e", "cookie:k"),
            touchpoint("letter", 3, "email:e"),
            touchpoint("login", 4, "customer:C", "email:e"));

    int orders = inEveryOrder(touchpoints, List.of(), Map.of("customer:C", 4), true);

    assertThat(orders).isEqualTo(720);
  }

  @Test
  void shouldSettleTabletsThatTwoPeopleSwappedInEveryOrderOfArrival() {
    List<Touchpoint> touchpoints =
        List.of(
            touchpoint("anna-1", 10, "customer:A", "device:t1"),
            touchpoint("ben-2", 10, "customer:B", "device:t2"),
            touchpoint("seen-1", 40, "device:t1"));
    List<IdentityLink> swap =
        List.of(link("device:t1", "customer:B", 30), link("device:t2", "customer:A", 30));
    List<Touchpoint> all = new ArrayList<>(touchpoints);
    all.add(touchpoint("seen-2", 20, "device:t2"));

    int orders =
        inEveryOrder(all.subList(0, 3), swap, Map.of("customer:A", 1, "customer:B", 2), false);

    assertThat(orders).isEqualTo(5040);
    inEveryOrder(
        List.of(all.get(0), all.get(1), all.get(3)),
        swap,
        Map.of("customer:A", 1, "customer:B", 2),
        false);
  }

  @Test
  void shouldForgetALinkInEveryOrderOfArrival() {
    IdentityLink wrong = link("cookie:k", "customer:B", 20);
    List<Touchpoint> touchpoints =
        List.of(
            touchpoint("search", 15, "cookie:k"),
            touchpoint("login", 10, "customer:A", "cookie:k"),
            touchpoint("after", 25, "cookie:k"));
    IdentityLink unlink = new IdentityLink(null, wrong.from(), wrong.to(), wrong.at(), null, true);

    int orders = inEveryOrder(touchpoints, List.of(wrong, unlink), Map.of("customer:A", 3), false);

    assertThat(orders).isEqualTo(720);
  }

  @Test
  void shouldLetTheSameOfTwinsCountInEveryOrderOfArrival() {
    Touchpoint cookie = touchpoint("twin", 5, "cookie:k").toBuilder().waitSeconds(400).build();
    Touchpoint email = touchpoint("twin", 5, "email:e").toBuilder().waitSeconds(500).build();
    Touchpoint own = touchpoint("twin", 5, "customer:C").toBuilder().waitSeconds(600).build();
    List<IdentityLink> links =
        List.of(link("cookie:k", "customer:C", 1), link("email:e", "customer:C", 1));

    inEveryOrder(List.of(cookie, email, own), links, Map.of("customer:C", 1), false);
    inEveryOrder(List.of(cookie, email), links, Map.of("customer:C", 1), false);
  }

  /**
   * @param touchpointsOf how many each customer ends with
   * @param oneWay whether nothing ever changes hands twice: then no committed state shows an alert
   *     under two names
   * @return how many orders there are
   */
  private static int inEveryOrder(
      List<Touchpoint> touchpoints,
      List<IdentityLink> said,
      Map<String, Integer> touchpointsOf,
      boolean oneWay) {
    IdentityCase story = new IdentityCase(0, IdentitySettings.DEFAULTS, touchpoints, said);
    Map<String, Integer> counts = new HashMap<>();
    LiteralReading.customers(story.settings(), touchpoints, said)
        .forEach((customer, theirs) -> counts.put(customer, theirs.size()));
    assertThat(counts).isEqualTo(touchpointsOf);
    Map<String, Object> expected = StitchingLawTest.expected(story);
    List<Arrival> arrivals = arrivals(story);
    List<List<Arrival>> orders = new ArrayList<>();
    permute(arrivals, 0, orders);
    for (int i = 0; i < orders.size(); i++) {
      MemoryNames names = new MemoryNames(StitchingLawTest.RULES, story.settings(), new Random(i));
      if (oneWay) {
        names.afterEach = () -> assertUnderOneName(names.views);
      }
      Random random = new Random(i);
      for (Arrival arrival : orders.get(i)) {
        arrival.at(names);
        if (random.nextBoolean()) {
          names.deliver(1 + random.nextInt(4));
        }
      }
      names.deliver(0);
      names.settle(IdentityCase.END);
      assertThat(names.views).as("order %d of %s", i, story).isEqualTo(expected);
    }
    return orders.size();
  }

  private static List<Arrival> arrivals(IdentityCase story) {
    List<Arrival> arrivals = new ArrayList<>();
    for (Touchpoint touchpoint : story.touchpoints()) {
      String name = story.settings().keys().keyOf(touchpoint);
      arrivals.add(names -> names.touchpoint(touchpoint, name));
      TouchpointLinks.find(
          touchpoint,
          story.settings(),
          link -> arrivals.add(names -> names.link(link, touchpoint.id())),
          link -> arrivals.add(names -> names.link(link, touchpoint.id())));
    }
    for (IdentityLink said : story.said()) {
      SaidLinks.find(
          said,
          story.settings(),
          link -> arrivals.add(names -> names.said(link, said.revoked(), "crm" + said.revoked())),
          link -> {
            throw new IllegalStateException("no placeholders here");
          });
    }
    return arrivals;
  }

  private static void permute(List<Arrival> arrivals, int fixed, List<List<Arrival>> orders) {
    if (fixed == arrivals.size()) {
      orders.add(List.copyOf(arrivals));
      return;
    }
    for (int i = fixed; i < arrivals.size(); i++) {
      List<Arrival> next = new ArrayList<>(arrivals);
      Collections.swap(next, fixed, i);
      permute(next, fixed + 1, orders);
    }
  }

  /** Every alert of a rule about one touchpoint is under one customer. */
  private static void assertUnderOneName(Map<String, Object> views) {
    Map<String, String> customers = new TreeMap<>();
    for (Object view : views.values()) {
      if (view instanceof Alert alert && alert.rule().equals("long-wait")) {
        String other = customers.put(alert.evidence().get(0), alert.customer());
        assertThat(other).as("%s is under a second name", alert).isNull();
      }
    }
  }

  private static Touchpoint touchpoint(String id, long after, String... names) {
    List<Identifier> identifiers = new ArrayList<>();
    for (String name : names) {
      String[] parts = name.split(":", 2);
      identifiers.add(new Identifier(parts[0], parts[1]));
    }
    return Touchpoint.builder()
        .id(id)
        .occurredAt(IdentityCase.START + after)
        .identifiers(identifiers)
        .channel(Channel.WEB)
        .direction(Direction.INBOUND)
        .type("contact.ended")
        .waitSeconds(400)
        .build();
  }

  private static IdentityLink link(String from, String to, long after) {
    return new IdentityLink(null, from, to, IdentityCase.START + after, null, false);
  }
}
