package io.fermata.runtime;

/**
 * Where a cluster's topic is not as the contract says.
 *
 * @param topic its full name
 * @param kind what differs
 * @param expected what the contract says
 * @param actual what the cluster has
 */
public record TopicDifference(String topic, Kind kind, String expected, String actual) {

  /** What can differ. */
  public enum Kind {
    MISSING("topic"),
    PARTITIONS("partitions"),
    CLEANUP("cleanup.policy"),
    MAX_MESSAGE_BYTES("max.message.bytes");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  @Override
  public String toString() {
    return kind == Kind.MISSING
        ? topic + ": missing (" + expected + ")"
        : topic + ": " + kind.label + " expected " + expected + ", found " + actual;
  }
}
