package io.fermata.bench;

import io.fermata.codec.TouchpointCodec;
import io.fermata.generate.GeneratorSettings;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.model.CustomerKeys;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The touchpoints that every variant gets, in arrival order.
 *
 * @param keys name of each touchpoint's customer
 * @param encoded each touchpoint as Avro, without framing
 */
record Workload(List<Touchpoint> touchpoints, List<byte[]> keys, List<byte[]> encoded) {

  /** Touchpoints of a customer from one cookie to the next. */
  private static final int PER_COOKIE = 20;

  static Workload generate(BenchSettings settings) {
    GeneratorSettings generator =
        GeneratorSettings.endless(settings.seed(), settings.customers())
            .withArrivals(settings.late(), settings.duplicates());
    TouchpointGenerator source = new TouchpointGenerator(generator);
    CustomerKeys customers = new CustomerKeys(CustomerKeys.DEFAULT_ORDER);
    int count = settings.touchpoints();
    Random random = new Random(settings.seed());
    String about = null;
    List<Touchpoint> touchpoints = new ArrayList<>(count);
    List<byte[]> keys = new ArrayList<>(count);
    List<byte[]> encoded = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Touchpoint touchpoint = source.next();
      if (random.nextDouble() < settings.answers()) {
        touchpoint = answer(touchpoint, random.nextInt(11), about);
      }
      about = touchpoint.id();
      touchpoints.add(touchpoint);
      keys.add(customers.keyOf(touchpoint).getBytes(StandardCharsets.UTF_8));
      encoded.add(TouchpointCodec.INSTANCE.encode(touchpoint));
    }
    return new Workload(touchpoints, keys, encoded);
  }

  /** An answer of the same customer at the same time; about nothing that is known. */
  private static Touchpoint answer(Touchpoint touchpoint, int value, String about) {
    return touchpoint.toBuilder()
        .type("survey.answered")
        .direction(Direction.INBOUND)
        .score(new Score(ScoreKind.NPS, value, 0, 10, about))
        .build();
  }

  /** The same for a brand of many lines of business: each customer is in one of them. */
  Workload spread(int lines) {
    List<Touchpoint> others = new ArrayList<>(size());
    List<byte[]> bytes = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      int line = Math.floorMod(Arrays.hashCode(keys.get(i)), lines);
      Touchpoint touchpoint = touchpoints.get(i);
      String type = DerivedRules.typeIn(touchpoint.type(), line);
      boolean same = type.equals(touchpoint.type());
      Touchpoint other = same ? touchpoint : touchpoint.toBuilder().type(type).build();
      others.add(other);
      bytes.add(same ? encoded.get(i) : TouchpointCodec.INSTANCE.encode(other));
    }
    return new Workload(others, keys, bytes);
  }

  /**
   * The same of customers who are not always known: each has a cookie, a new one every so many
   * touchpoints, and is seen by it alone or, once for each cookie, by both. So half of what a
   * cookie did comes before it is known whose it is.
   *
   * @param share of touchpoints that carry the cookie alone
   */
  Workload anonymous(double share, long seed) {
    Random random = new Random(seed);
    CustomerKeys customers = new CustomerKeys(CustomerKeys.DEFAULT_ORDER);
    Map<String, Integer> seen = new HashMap<>();
    Map<String, Integer> logins = new HashMap<>();
    List<Touchpoint> others = new ArrayList<>(size());
    List<byte[]> otherKeys = new ArrayList<>(size());
    List<byte[]> bytes = new ArrayList<>(size());
    for (Touchpoint touchpoint : touchpoints) {
      Identifier customer = customers.strongest(touchpoint.identifiers());
      int count = seen.merge(customer.key(), 1, Integer::sum) - 1;
      String cookie = customer.value() + "-" + count / PER_COOKIE;
      int login = logins.computeIfAbsent(cookie, any -> random.nextInt(PER_COOKIE));
      Identifier weak = new Identifier("cookie", cookie);
      List<Identifier> identifiers = touchpoint.identifiers();
      if (count % PER_COOKIE == login) {
        identifiers = List.of(customer, weak);
      } else if (random.nextDouble() < share * PER_COOKIE / (PER_COOKIE - 1)) {
        identifiers = List.of(weak);
      }
      Touchpoint other = touchpoint.toBuilder().identifiers(identifiers).build();
      others.add(other);
      otherKeys.add(customers.keyOf(other).getBytes(StandardCharsets.UTF_8));
      bytes.add(TouchpointCodec.INSTANCE.encode(other));
    }
    return new Workload(others, otherKeys, bytes);
  }

  int size() {
    return touchpoints.size();
  }

  double meanBytes() {
    return encoded.stream().mapToInt(bytes -> bytes.length).average().orElse(0);
  }

  long customersSeen() {
    return keys.stream().map(key -> new String(key, StandardCharsets.UTF_8)).distinct().count();
  }
}
