package io.fermata.model;

/**
 * A request to forget an identifier, which is the key of its record.
 *
 * @param requestedAt epoch milliseconds
 * @param reason for the records of whoever asks; never of the person
 */
public record Erasure(long requestedAt, String reason) {}
