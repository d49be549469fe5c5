package io.fermata.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.CustomerTier;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Identifier;
import io.fermata.model.Outcome;
import io.fermata.model.Purpose;
import io.fermata.model.Touchpoint;
import io.fermata.replay.mapping.MappingLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnonymousBankTest {

  private static final Path MAPPING = Path.of("mappings", "anonymous-bank.yaml");
  private static final Path MONTH = Path.of("..", "shared", "data", "anonymous-bank-1999-02.tsv");

  private static final String HEADER =
      "vru+line call_id customer_id priority type date vru_entry vru_exit vru_time q_start q_exit"
          + " q_time outcome ser_start ser_exit ser_time server";

  @TempDir private Path folder;

  @Test
  void shouldGiveTheMonthsTouchpoints() throws Exception {
    assumeTrue(Files.exists(MONTH), "skipped: " + MONTH + " is not there");

    List<Imported> read = read(MONTH);
    List<Touchpoint> touchpoints =
        read.stream()
            .filter(Imported.Valid.class::isInstance)
            .map(valid -> ((Imported.Valid) valid).touchpoint())
            .toList();

    assertThat(read).hasSize(33_344);
    assertThat(read).noneMatch(Imported.DeadLetter.class::isInstance);
    assertThat(touchpoints).hasSize(33_066);
    Set<String> ids = new HashSet<>();
    assertThat(touchpoints).allMatch(touchpoint -> ids.add(touchpoint.id()));
    assertThat(touchpoints).filteredOn(t -> t.waitSeconds() >= 300).hasSize(379);
    assertThat(touchpoints)
        .filteredOn(t -> t.outcome() == Outcome.ABANDONED && t.waitSeconds() >= 60)
        .hasSize(1_495);
  }

  @Test
  void shouldMapACallServedByAnAgent() throws Exception {
    Touchpoint call =
        touchpoint(
            "AA0101 34536 9876 2 PS 990201 7:02:47 7:02:56 9 7:02:56 7:03:10 14 AGENT 7:03:09"
                + " 7:05:41 152 DORIT");

    assertThat(call)
        .isEqualTo(
            Touchpoint.builder()
                .id("990201-AA0101-34536")
                .occurredAt(Instant.parse("1999-02-01T05:05:41Z").toEpochMilli())
                .identifier("customer", "9876")
                .channel(Channel.VOICE)
                .direction(Direction.INBOUND)
                .type("contact.ended")
                .purpose(Purpose.SERVICE)
                .area(Area.SERVICE)
                .topic("PS")
                .handledBy(HandledBy.HUMAN)
                .agent("DORIT")
                .outcome(Outcome.NONE)
                .waitSeconds(14)
                .handleSeconds(152)
                .customerTier(CustomerTier.HIGH)
                .timeZone("Asia/Jerusalem")
                .build());
  }

  @Test
  void shouldMapACallerWhoHungUp() throws Exception {
    Touchpoint call =
        touchpoint(
            "AA0101 5 0 1 NW 990201 8:00:00 8:00:10 10 8:00:10 8:01:40 90 HANG 0:00:00 0:00:00 0"
                + " NO_SERVER");

    assertThat(call.identifiers()).containsExactly(new Identifier("call", "990201-AA0101-5"));
    assertThat(call.occurredAt()).isEqualTo(Instant.parse("1999-02-01T06:01:40Z").toEpochMilli());
    assertThat(call.outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(call.handledBy()).isEqualTo(HandledBy.IVR);
    assertThat(call.agent()).isNull();
    assertThat(call.customerTier()).isEqualTo(CustomerTier.STANDARD);
  }

  @Test
  void shouldEndWithTheMenuWhenNobodyWaited() throws Exception {
    Touchpoint call =
        touchpoint(
            "AA0101 6 0 0 PS 990201 8:00:00 8:00:10 10 0:00:00 0:00:00 0 HANG 0:00:00 0:00:00 0"
                + " NO_SERVER");

    assertThat(call.occurredAt()).isEqualTo(Instant.parse("1999-02-01T06:00:10Z").toEpochMilli());
  }

  @Test
  void shouldEndTheNextDayWhenTheCallWentPastMidnight() throws Exception {
    Touchpoint call =
        touchpoint(
            "AA0101 7 0 0 PS 990228 23:59:54 0:00:04 10 0:00:00 0:00:00 0 AGENT 0:00:03 0:01:33 90"
                + " DORIT");

    assertThat(call.occurredAt()).isEqualTo(Instant.parse("1999-02-28T22:01:33Z").toEpochMilli());
  }

  @Test
  void shouldSkipPhantomCalls() throws Exception {
    assertThat(
            read(
                write(
                    "AA0101 8 0 0 PS 990201 8:00:00 8:00:10 10 0:00:00 0:00:00 0 PHANTOM 0:00:00"
                        + " 0:00:00 0 NO_SERVER")))
        .singleElement()
        .isInstanceOf(Imported.Skipped.class);
  }

  private Touchpoint touchpoint(String row) throws Exception {
    return ((Imported.Valid) read(write(row)).get(0)).touchpoint();
  }

  private Path write(String row) throws Exception {
    String text = (HEADER + "\r\n" + row + "\r\n").replace(' ', '\t');
    return Files.writeString(folder.resolve("calls.tsv"), text);
  }

  private static List<Imported> read(Path file) throws Exception {
    List<Imported> read = new ArrayList<>();
    new TouchpointSources(List.of(file), MappingLoader.load(MAPPING))
        .read(2, bytes -> {}, read::add);
    return read;
  }
}
