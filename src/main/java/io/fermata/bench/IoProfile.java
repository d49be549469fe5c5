package io.fermata.bench;

/**
 * How much a touchpoint reads and writes on average, as measured on the real fold over the same
 * touchpoints: what the bare topology imitates.
 *
 * @param rootBytes size of a customer's record
 * @param settles how often a customer's record is read and written because the clock has gone on,
 *     per touchpoint
 * @param history writes to the history
 * @param lookups single entries of the history that are read
 * @param scans ranges of the history that are opened
 * @param timers timers set and cancelled
 * @param published entries of what is published
 * @param counts writes of a number, besides the ledgers' two
 * @param alerts records of each of the two topics of alerts
 */
record IoProfile(
    int rootBytes,
    double settles,
    Writes history,
    double lookups,
    Scans scans,
    Writes timers,
    Writes published,
    double counts,
    Records alerts,
    Records journeys,
    Records guidance) {

  /**
   * To a store.
   *
   * @param puts per touchpoint, as {@code deletes}
   * @param bytes mean size of a value that is put
   */
  record Writes(double puts, double deletes, int bytes) {}

  /**
   * Of a store.
   *
   * @param opened per touchpoint
   * @param entries mean number of entries read from one
   */
  record Scans(double opened, double entries) {}

  /**
   * To a topic.
   *
   * @param count per touchpoint
   * @param bytes mean size of a value
   */
  record Records(double count, int bytes) {}
}
