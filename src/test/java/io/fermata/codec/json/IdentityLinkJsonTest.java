package io.fermata.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.model.DeadLetterReason;
import io.fermata.model.IdentityLink;
import org.junit.jupiter.api.Test;

class IdentityLinkJsonTest {

  private static final String LINK =
      "{\"from\":\"cookie:k\",\"to\":\"customer:C\",\"at\":\"2026-03-05T09:50:00.000Z\"";

  @Test
  void shouldReadWhatItWrites() throws MalformedLinkException {
    IdentityLink link = new IdentityLink("l-1", "cookie:k:1", "customer:C", 5_000, 6_000L, true);

    assertThat(IdentityLinkJson.read(IdentityLinkJson.write(link))).isEqualTo(link);
  }

  @Test
  void shouldNeedNoMoreThanTwoNamesAndATime() throws MalformedLinkException {
    IdentityLink link = IdentityLinkJson.read(LINK + ",\"until\":null,\"system\":\"crm\"}");

    assertThat(link)
        .isEqualTo(
            new IdentityLink(null, "cookie:k", "customer:C", 1_772_704_200_000L, null, false));
    assertThat(link.linkId()).isEqualTo("identity-link-1772704200000");
  }

  @Test
  void shouldNameEveryReasonWhenALineIsNoLink() {
    assertThatThrownBy(
            () ->
                IdentityLinkJson.read("{\"from\": 3, \"at\": \"yesterday\", \"revoked\": \"no\"}"))
        .isInstanceOfSatisfying(
            MalformedLinkException.class,
            e -> assertThat(e.code()).isEqualTo(DeadLetterReason.INVALID))
        .hasMessage(
            "from is 3, expected text; to is missing; at is 'yesterday', expected an ISO-8601 time"
                + " with an offset such as 2026-03-01T10:15:30.000Z; revoked is \"no\", expected"
                + " true or false");
    assertThatThrownBy(() -> IdentityLinkJson.read(LINK + ",\"until\":\"2026-03-05T09:50:00Z\"}"))
        .hasMessage("until is 0 ms after at, expected at least 1");
    assertThatThrownBy(() -> IdentityLinkJson.read("[]")).hasMessage("the line is no object");
    assertThatThrownBy(() -> IdentityLinkJson.read(LINK.replace("cookie:k", "\\ud800:k") + "}"))
        .hasMessage("from holds half of a surrogate pair, expected Unicode text");
  }

  @Test
  void shouldSayWhereWhenALineIsNoJson() {
    assertThatThrownBy(() -> IdentityLinkJson.read(LINK + "} and more"))
        .isInstanceOfSatisfying(
            MalformedLinkException.class,
            e -> assertThat(e.code()).isEqualTo(DeadLetterReason.UNDECODABLE))
        .hasMessageStartingWith("column ");
    assertThatThrownBy(() -> IdentityLinkJson.read("")).isInstanceOf(MalformedLinkException.class);
  }
}
