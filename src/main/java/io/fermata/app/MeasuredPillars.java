package io.fermata.app;

import io.fermata.codec.TouchpointCodec;
import io.fermata.generate.PillarMeter;
import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.model.Identifier;
import io.fermata.model.Pillar;
import io.fermata.model.SurveyResponse;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pillar scores as the rules measure them: folds what a customer has lived through so far. Keeps
 * every touchpoint, some 250 bytes each. Knows no links: customers go by their strongest
 * identifier.
 */
final class MeasuredPillars implements PillarMeter {

  private final FoldSettings settings;
  private final RuleSet rules;
  private final Map<String, List<byte[]>> occurred = new HashMap<>();

  MeasuredPillars(FoldSettings settings, RuleSet rules) {
    this.settings = settings;
    this.rules = rules;
  }

  @Override
  public void occurred(Touchpoint touchpoint) {
    occurred
        .computeIfAbsent(customer(touchpoint), any -> new ArrayList<>())
        .add(TouchpointCodec.INSTANCE.encode(touchpoint));
  }

  @Override
  public Map<Pillar, Double> before(Touchpoint answer) {
    String customer = customer(answer);
    List<Touchpoint> all = new ArrayList<>();
    for (byte[] bytes : occurred.getOrDefault(customer, List.of())) {
      all.add(TouchpointCodec.INSTANCE.decode(bytes, 0, bytes.length));
    }
    all.add(answer);
    SurveyResponse response =
        CustomerFold.fold(settings, rules, customer, all, answer.occurredAt()).responses().stream()
            .filter(one -> one.at() == answer.occurredAt())
            .findFirst()
            .orElseThrow();
    Map<Pillar, Double> scores = new EnumMap<>(Pillar.class);
    response.pillars().forEach((pillar, score) -> scores.put(Pillar.valueOf(pillar), score));
    return scores;
  }

  private static String customer(Touchpoint touchpoint) {
    Identifier strongest = touchpoint.identifiers().get(0);
    return strongest.kind() + ":" + strongest.value();
  }
}
