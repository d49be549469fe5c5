package io.fermata.replay.mapping;

import java.util.Map;

/**
 * One row of input by column name.
 *
 * @param values text for csv and tsv; for jsonl text, Long, Double, Boolean, List, Map, and CEL's
 *     NullValue for JSON's null
 */
public record Row(Map<String, Object> values) {}
