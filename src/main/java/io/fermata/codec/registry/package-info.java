/** A client of the schema registry's REST API, configured as Confluent's is. */
package io.fermata.codec.registry;
