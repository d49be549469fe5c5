package io.fermata.topology;

import java.util.List;

/**
 * What the Route room needs to know.
 *
 * @param identityOrder kinds of identifier, the strongest first
 * @param maxRecordBytes largest touchpoint that is let in
 */
public record RouteSettings(List<String> identityOrder, int maxRecordBytes) {}
