package io.fermata.topology;

/** The names of the state stores; {@code topology/stores.yaml} says what is in them. */
public final class StoreNames {

  /** One record per customer: the state of the fold and the newest touchpoints. */
  public static final String JOURNEYS = "journeys";

  /** Sealed history, snapshots and sealed segments of each customer. */
  public static final String HISTORY = "history";

  /** Customers ordered by when they have to be told the clock. */
  public static final String TIMERS = "timers";

  /** Links of names, and the touchpoints that came by way of other names or went on to them. */
  public static final String IDENTITIES = "identities";

  /** Permissions that are held for messages to be sent. */
  public static final String RESERVATIONS = "reservations";

  /** Which views each customer has in the compacted topics. */
  public static final String PUBLISHED = "published";

  /** What the Route room has counted, one record per task. */
  public static final String ROUTE_LEDGER = "route-ledger";

  /** What the Route room has counted of links, one record per task. */
  public static final String LINK_LEDGER = "link-ledger";

  /** What the Journey room has counted, one record per task, and how things stand in it. */
  public static final String JOURNEY_LEDGER = "journey-ledger";

  /** Experiences that wait to be told to the Score room, by what they count for. */
  public static final String EXPERIENCES_PENDING = "experiences-pending";

  /** What each answer and each sent survey counts for. */
  public static final String SCORE_ANSWERS = "score-answers";

  /** Deltas that wait to be sent on. */
  public static final String SCORE_PENDING = "score-pending";

  /** The days of each dimension's value. */
  public static final String SCORE_DAYS = "score-days";

  /** Days that have changed and are to be reported. */
  public static final String SCORE_TOUCHED = "score-touched";

  /** Deltas of pillars that wait to be sent on. */
  public static final String PILLAR_PENDING = "pillar-pending";

  /** The days of each dimension's value, of pillars. */
  public static final String PILLAR_DAYS = "pillar-days";

  /** Days of pillars that have changed and are to be reported. */
  public static final String PILLAR_TOUCHED = "pillar-touched";

  /** What is compared as of each day, and where NPS has fallen. */
  public static final String SCORE_FAMILIES = "score-families";

  /** Days that have changed and are to be judged. */
  public static final String SCORE_JUDGED = "score-judged";

  /** The rules that records are under, and were. */
  public static final String RULES = "rules";

  private StoreNames() {}
}
