package io.fermata.codec.registry;

import org.apache.avro.Schema;

/** A schema and the id the registry gave it. */
public record RegisteredSchema(int id, Schema schema) {}
