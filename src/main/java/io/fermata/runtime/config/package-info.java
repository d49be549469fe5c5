/**
 * The configuration: one record per concern, each property declared with its meaning and default,
 * read from a YAML file and the environment. The reference page {@code docs/configuration.md} is
 * written from the same declarations.
 */
package io.fermata.runtime.config;
