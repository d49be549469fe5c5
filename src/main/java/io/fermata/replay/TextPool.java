package io.fermata.replay;

import io.fermata.model.Identifier;
import io.fermata.model.Touchpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets touchpoints share equal texts, so that many of them fit into memory: types, topics, agents
 * are few and come again and again. At most {@link #MAX_TEXTS} are kept.
 */
final class TextPool {

  private static final int MAX_TEXTS = 1 << 16;
  private static final int MAX_LENGTH = 64;

  private final Map<String, String> texts = new HashMap<>();

  /**
   * @param identifiers an equal list to use instead of the touchpoint's own
   */
  Touchpoint compact(Touchpoint t, List<Identifier> identifiers) {
    return new Touchpoint(
        t.id(),
        t.occurredAt(),
        identifiers,
        t.channel(),
        t.direction(),
        shared(t.type()),
        t.purpose(),
        t.area(),
        shared(t.topic()),
        shared(t.caseId()),
        shared(t.campaign()),
        t.handledBy(),
        shared(t.agent()),
        t.outcome(),
        t.waitSeconds(),
        t.handleSeconds(),
        t.transfers(),
        t.sentiment(),
        t.dueAt(),
        t.score(),
        t.cost(),
        t.customerTier(),
        shared(t.segment()),
        shared(t.timeZone()),
        compact(t.attributes()));
  }

  private Map<String, String> compact(Map<String, String> attributes) {
    if (attributes.isEmpty()) {
      return Map.of();
    }
    if (attributes.size() == 1) {
      Map.Entry<String, String> only = attributes.entrySet().iterator().next();
      return Map.of(shared(only.getKey()), shared(only.getValue()));
    }
    Map<String, String> compacted = new HashMap<>();
    attributes.forEach((key, value) -> compacted.put(shared(key), shared(value)));
    return Map.copyOf(compacted);
  }

  private String shared(String text) {
    if (text == null || text.length() > MAX_LENGTH) {
      return text;
    }
    String known = texts.get(text);
    if (known != null) {
      return known;
    }
    if (texts.size() < MAX_TEXTS) {
      texts.put(text, text);
    }
    return text;
  }
}
