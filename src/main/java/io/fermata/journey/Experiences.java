package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Polarity;
import io.fermata.model.Touchpoint;
import java.util.List;
import java.util.Map;

/** The touchpoints that raises make. */
final class Experiences {

  private Experiences() {}

  static Touchpoint of(Alert alert) {
    return Touchpoint.builder()
        .id(alert.id())
        .occurredAt(alert.at())
        .identifiers(List.of())
        .channel(alert.channel() == null ? Channel.OTHER : alert.channel())
        .direction(Direction.SELF)
        .type(alert.polarity() == Polarity.GOOD ? "experience.good" : "experience.bad")
        .area(alert.area())
        .attributes(
            Map.of(
                "rule", alert.rule(),
                "pillar", alert.pillar().name(),
                "severity", alert.severity().name()))
        .build();
  }
}
