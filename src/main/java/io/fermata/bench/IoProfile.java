package io.fermata.bench;

/**
 * How much a touchpoint reads and writes on average, as measured on the real fold over the same
 * touchpoints: what the bare topology imitates.
 *
 * @param rootBytes size of a customer's record
 * @param historyPuts writes to the history per touchpoint, as {@code historyDeletes}
 * @param historyBytes size of one of them
 * @param timerPuts timers set per touchpoint, as {@code timerDeletes} cancelled
 * @param alerts alerts published per touchpoint
 * @param alertBytes size of one
 * @param journeys journeys published per touchpoint
 * @param journeyBytes size of one
 * @param guidance contact guidance published per touchpoint
 * @param guidanceBytes size of one
 */
record IoProfile(
    int rootBytes,
    double historyPuts,
    double historyDeletes,
    int historyBytes,
    double timerPuts,
    double timerDeletes,
    double alerts,
    int alertBytes,
    double journeys,
    int journeyBytes,
    double guidance,
    int guidanceBytes) {}
