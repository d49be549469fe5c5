package io.fermata.model;

/**
 * What became of a request for a permission that is to be held.
 *
 * @param requestId as it was asked with
 * @param replyTo who waits for it
 * @param decision the permission, or why there is none; of a request that was asked before, the one
 *     that was given then
 * @param expiresAt until when an {@code ALLOW} is held, exclusive, epoch milliseconds; null for the
 *     others
 */
public record ReservationAnswer(
    String requestId, String replyTo, ContactDecision decision, Long expiresAt) {}
