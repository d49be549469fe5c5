package io.fermata.model;

/** Why a record was not folded. */
public enum DeadLetterReason {
  /** The bytes are no Avro record in the registry's framing, or no JSON. */
  UNDECODABLE,
  /** The registry does not know the schema id. */
  UNKNOWN_SCHEMA,
  /** The touchpoint breaks a rule of its contract. */
  INVALID,
  /** Older than the history that is kept for its customer. */
  TOO_LATE,
  /** Further ahead of the wall clock than {@code clock.maxSkew}. */
  FROM_THE_FUTURE,
  /** The encoded record is over the size limit. */
  TOO_LARGE,
  /** The fold failed on it: a defect of ours, never of the sender. */
  RULE_FAILED
}
