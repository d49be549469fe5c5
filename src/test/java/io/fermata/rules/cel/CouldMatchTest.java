package io.fermata.rules.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Channel;
import io.fermata.rules.Condition;
import io.fermata.rules.TriedMessage;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class CouldMatchTest {

  @Test
  void shouldLeaveOpenOnlyWhatDependsOnTheTimeOrTheCustomer() {
    Condition condition = condition("channel == 'SMS' && occurredAt.getHours(timeZone) < 8");

    assertThat(couldMatch(condition, Channel.SMS)).isTrue();
    assertThat(couldMatch(condition, Channel.EMAIL)).isFalse();
    assertThat(condition.leftOpen()).containsExactlyInAnyOrder("occurredAt", "timeZone");
  }

  @Test
  void shouldDecideAConditionThatAsksNeitherTheTimeNorTheCustomer() {
    Condition condition = condition("purpose == 'MARKETING' && campaign != null");

    assertThat(couldMatch(condition, Channel.EMAIL)).isFalse();
    assertThat(condition.leftOpen()).isEmpty();
  }

  @Test
  void shouldLeaveAnOrOpenWhenOneSideOfItVaries() {
    Condition condition = condition("channel == 'SMS' || customerTier == 'HIGH'");

    assertThat(couldMatch(condition, Channel.EMAIL)).isTrue();
    assertThat(condition.leftOpen()).containsExactlyInAnyOrder("channel", "customerTier");
  }

  private static boolean couldMatch(Condition condition, Channel channel) {
    return condition.couldMatch(TriedMessage.of(channel, 0, null, null, null));
  }

  private static Condition condition(String source) {
    return Expressions.condition(source, new LongAdder());
  }
}
