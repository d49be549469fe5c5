package io.fermata.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fermata.generate.NpsModel;

/** What NPS answers are made of, as one line of JSON. */
final class NpsModelJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private NpsModelJson() {}

  static String write(NpsModel model) {
    ObjectNode line = JSON.createObjectNode();
    line.put("base", model.base());
    line.put("noise", model.noise());
    ObjectNode coefficients = line.putObject("coefficients");
    model.coefficients().forEach((pillar, value) -> coefficients.put(pillar.name(), value));
    return line.toString();
  }
}
