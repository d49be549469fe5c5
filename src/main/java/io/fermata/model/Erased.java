package io.fermata.model;

/**
 * One name that a request to erase has reached is done. Holds no identifier.
 *
 * @param request partition and offset of the request in its topic, {@code 3/42}
 * @param requestedAt epoch milliseconds
 * @param views alerts, journeys, answers and guidance taken out of the compacted topics
 * @param passedOn names that were told next: a request is done once there is one record more than
 *     the sum of these
 */
public record Erased(String request, long requestedAt, int views, int passedOn) {}
