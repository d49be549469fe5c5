package io.fermata.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.Touchpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PseudonymsTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  /**
   * By {@code printf customer:C-17 | openssl dgst -sha256 -hmac KEY}, and the same for the address.
   */
  private static final String CUSTOMER = "customer:~21dce9ae596278432c6b8b4d46443ad9";

  private static final String EMAIL = "email:~9d836451e22218a296a9d4f6d1e2806b";

  private static final Pseudonyms PSEUDONYMS = keyed(KEY);

  private static Pseudonyms keyed(String key) {
    return Pseudonyms.keyed(key.getBytes(StandardCharsets.UTF_8), IdentitySettings.DEFAULTS);
  }

  @Test
  void shouldBeWhatAnotherProgramMakesOfTheSameKey() {
    assertThat(PSEUDONYMS.name("customer:C-17")).isEqualTo(CUSTOMER);
    assertThat(PSEUDONYMS.name("email:ann@example.org")).isEqualTo(EMAIL);
  }

  @Test
  void shouldHideEveryIdentifierOfATouchpointAndNothingElse() {
    Touchpoint touchpoint =
        Touchpoint.builder()
            .id("t1")
            .occurredAt(1)
            .identifiers(
                List.of(
                    new Identifier("customer", "C-17"),
                    new Identifier("email", "ann@example.org"),
                    new Identifier("phone", "0000")))
            .channel(Channel.EMAIL)
            .direction(Direction.INBOUND)
            .type("contact.received")
            .build();

    Touchpoint hidden = PSEUDONYMS.of(touchpoint);

    assertThat(hidden.identifiers())
        .extracting(Identifier::key)
        .containsExactly(CUSTOMER, EMAIL, "phone:0000");
    assertThat(hidden.toBuilder().identifiers(touchpoint.identifiers()).build())
        .isEqualTo(touchpoint);
  }

  @Test
  void shouldHideBothEndsOfALink() {
    IdentityLink link =
        new IdentityLink("l", "email:ann@example.org", "customer:C-17", 1, 2L, true);

    assertThat(PSEUDONYMS.of(link)).isEqualTo(new IdentityLink("l", EMAIL, CUSTOMER, 1, 2L, true));
  }

  @Test
  void shouldLeaveAPseudonymAsItIs() {
    assertThat(PSEUDONYMS.name(CUSTOMER)).isEqualTo(CUSTOMER);
    assertThat(PSEUDONYMS.name("customer:~21dce9ae")).isNotEqualTo("customer:~21dce9ae");
  }

  @Test
  void shouldTellKindsAndKeysApart() {
    assertThat(PSEUDONYMS.name("device:C-17"))
        .doesNotEndWith(CUSTOMER.substring(CUSTOMER.indexOf('~')));
    assertThat(keyed(KEY + "0").name("customer:C-17")).isNotEqualTo(CUSTOMER);
  }

  @Test
  void shouldChangeNothingWhenOff() {
    assertThat(Pseudonyms.OFF.name("customer:C-17")).isEqualTo("customer:C-17");
  }

  @Test
  void shouldRefuseAShortKey() {
    assertThatThrownBy(() -> keyed("too short"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the key of pseudonyms has 9 bytes, expected at least 32");
  }
}
