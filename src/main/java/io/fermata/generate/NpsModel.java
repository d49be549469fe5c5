package io.fermata.generate;

import io.fermata.model.Pillar;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What NPS answers are made of: {@code base}, each pillar's coefficient for every point of its
 * score above 50, and noise; then rounded and kept to 0 .. 10.
 *
 * @param noise standard deviation
 */
public record NpsModel(double base, double noise, Map<Pillar, Double> coefficients) {

  /**
   * Where a {@link PillarMeter} says how customers stand. Lower than what customers remember leads
   * to, so that hardly an answer is cut off at 10.
   */
  @SuppressWarnings("EnumOrdinal") // the order of the rates
  public static final NpsModel MEASURED = measured();

  public NpsModel {
    coefficients = Collections.unmodifiableMap(new EnumMap<>(coefficients));
  }

  @SuppressWarnings("EnumOrdinal") // the order of the rates
  private static NpsModel measured() {
    Map<Pillar, Double> coefficients = new EnumMap<>(Pillar.class);
    for (Pillar pillar : Pillar.values()) {
      if (pillar != Pillar.UNKNOWN) {
        coefficients.put(pillar, Rates.NPS_PER_PILLAR_POINT[pillar.ordinal()]);
      }
    }
    return new NpsModel(Rates.MEASURED_NPS_BASE, Rates.NPS_NOISE, coefficients);
  }

  /** The answer before noise and rounding. */
  double expected(Map<Pillar, Double> scores) {
    double answer = base;
    for (Map.Entry<Pillar, Double> coefficient : coefficients.entrySet()) {
      answer += coefficient.getValue() * (scores.get(coefficient.getKey()) - 50);
    }
    return answer;
  }
}
