package io.fermata.demo;

import java.util.List;

/**
 * Where other programs attach.
 *
 * @param bootstrapServers of the broker
 * @param registryUrl of the schema registry
 * @param httpUrl of metrics, health and the API
 * @param topics the names of those that are written or may be written to
 */
record Attachments(
    String bootstrapServers, String registryUrl, String httpUrl, List<String> topics) {

  List<String> lines() {
    return List.of(
        "Kafka   " + bootstrapServers + "   registry " + registryUrl,
        "topics  " + String.join(" ", topics),
        "HTTP    " + httpUrl + "/metrics   " + httpUrl + "/health/ready   " + httpUrl + "/api/v1");
  }
}
