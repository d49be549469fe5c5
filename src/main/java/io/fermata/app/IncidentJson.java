package io.fermata.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fermata.codec.json.IsoTimes;
import io.fermata.generate.Incident;

/** The truth about an injected incident as one line of JSON. */
final class IncidentJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private IncidentJson() {}

  static String write(Incident incident) {
    ObjectNode line = JSON.createObjectNode();
    line.put("rule", incident.rule());
    line.put("customer", incident.customer());
    line.put("from", IsoTimes.format(incident.from()));
    line.put("until", IsoTimes.format(incident.until()));
    ArrayNode touchpoints = line.putArray("touchpoints");
    incident.touchpoints().forEach(touchpoints::add);
    line.put("why", incident.why());
    return line.toString();
  }
}
