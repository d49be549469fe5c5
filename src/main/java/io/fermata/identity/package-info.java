/**
 * Whom a touchpoint belongs to: links between identifiers, what they come to, and the moves that
 * keep journeys equal to it. Knows neither Kafka nor the time of day.
 */
package io.fermata.identity;
