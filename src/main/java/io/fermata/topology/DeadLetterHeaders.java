package io.fermata.topology;

/** Headers by which a dead letter says why it is one, in UTF-8. */
public final class DeadLetterHeaders {

  /** The name of a {@link io.fermata.model.DeadLetterReason}. */
  public static final String REASON = "fermata.reason";

  /** Every reason in words. */
  public static final String DETAIL = "fermata.detail";

  /** Begins the names of Kafka Streams' own: topic, partition, offset, exception, message. */
  public static final String ERRORS = "__streams.errors.";

  /** On a record that was a dead letter and was sent again: partition and offset of the letter. */
  public static final String REDRIVEN_FROM = "fermata.redriven-from";

  private DeadLetterHeaders() {}

  /** Whether a header tells of a dead letter, rather than having come with the record. */
  public static boolean isOurs(String name) {
    return name.equals(REASON)
        || name.equals(DETAIL)
        || name.equals(REDRIVEN_FROM)
        || name.startsWith(ERRORS);
  }
}
