/**
 * Records as bytes: Avro in Confluent's framing, laid out by hand on the current schemas where
 * speed counts and by Avro's own resolution everywhere else.
 */
package io.fermata.codec;
