package io.fermata.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerKeysTest {

  private final CustomerKeys keys = new CustomerKeys(CustomerKeys.DEFAULT_ORDER);

  @Test
  void shouldTakeTheStrongestKindWhereverItStands() {
    assertThat(strongest("cookie:a", "email:b", "customer:c", "phone:d")).isEqualTo("customer:c");
    assertThat(strongest("call:a", "cookie:b")).isEqualTo("cookie:b");
  }

  @Test
  void shouldTakeTheFirstAmongEquals() {
    assertThat(strongest("email:b", "email:a")).isEqualTo("email:b");
    assertThat(strongest("badge:b", "token:a")).isEqualTo("badge:b");
  }

  @Test
  void shouldHoldKindsOutsideTheOrderForTheWeakest() {
    assertThat(strongest("badge:b", "call:a")).isEqualTo("call:a");
  }

  @Test
  void shouldFollowTheConfiguredOrder() {
    CustomerKeys other = new CustomerKeys(List.of("email", "customer"));

    assertThat(
            other
                .strongest(List.of(new Identifier("customer", "a"), new Identifier("email", "b")))
                .key())
        .isEqualTo("email:b");
  }

  @Test
  void shouldRefuseAKindGivenTwice() {
    assertThatThrownBy(() -> new CustomerKeys(List.of("email", "email")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'email'");
  }

  private String strongest(String... names) {
    return keys.strongest(
            List.of(names).stream()
                .map(name -> name.split(":"))
                .map(parts -> new Identifier(parts[0], parts[1]))
                .toList())
        .key();
  }
}
