package io.fermata.topology;

/**
 * The names of the topics.
 *
 * @param prefix before every name, {@code fermata.} by default
 */
public record TopicNames(String prefix) {

  public String touchpoints() {
    return prefix + "touchpoints";
  }

  public String inbox() {
    return prefix + "inbox";
  }

  public String alerts() {
    return prefix + "alerts";
  }

  public String alertsLatest() {
    return prefix + "alerts-latest";
  }

  public String journeys() {
    return prefix + "journeys";
  }

  public String deadLetters() {
    return prefix + "dead-letters";
  }
}
