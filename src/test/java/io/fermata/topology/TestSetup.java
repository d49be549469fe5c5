package io.fermata.topology;

import io.fermata.codec.ValueCodecs;
import io.fermata.identity.IdentitySettings;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.model.CustomerKeys;
import io.fermata.rules.RuleSet;
import java.time.Duration;
import java.util.List;

/**
 * What a {@link TestPipeline} is made of.
 *
 * @param wallClock when it starts, epoch milliseconds
 * @param cacheBytes size of the record cache; 0 for none
 */
public record TestSetup(
    ValueCodecs codecs,
    RuleSet rules,
    RouteSettings route,
    KeeperSettings keeper,
    ClockSettings clock,
    RegistryPatience patience,
    PipelineListener listener,
    long wallClock,
    long cacheBytes) {

  /** A replay with the defaults, which does not wait for a registry. */
  public static TestSetup of(ValueCodecs codecs, RuleSet rules) {
    return new TestSetup(
        codecs,
        rules,
        new RouteSettings(CustomerKeys.DEFAULT_ORDER, 256 * 1024),
        KeeperSettings.of(FoldSettings.DEFAULTS, Duration.ofDays(7).toMillis()),
        ClockSettings.REPLAY,
        new RegistryPatience(Duration.ZERO, time -> false),
        PipelineListener.NONE,
        0,
        0);
  }

  public TestSetup route(List<String> identityOrder, int maxRecordBytes) {
    RouteSettings other = new RouteSettings(identityOrder, maxRecordBytes);
    return new TestSetup(
        codecs, rules, other, keeper, clock, patience, listener, wallClock, cacheBytes);
  }

  TestSetup route(RouteSettings other) {
    return new TestSetup(
        codecs, rules, other, keeper, clock, patience, listener, wallClock, cacheBytes);
  }

  public TestSetup identity(IdentitySettings identity) {
    RouteSettings other = new RouteSettings(identity, route.maxRecordBytes());
    return new TestSetup(
        codecs, rules, other, keeper, clock, patience, listener, wallClock, cacheBytes);
  }

  public TestSetup rules(RuleSet other) {
    return new TestSetup(
        codecs, other, route, keeper, clock, patience, listener, wallClock, cacheBytes);
  }

  public TestSetup keeper(KeeperSettings other) {
    return new TestSetup(
        codecs, rules, route, other, clock, patience, listener, wallClock, cacheBytes);
  }

  public TestSetup clock(ClockSettings other, long startsAt) {
    return new TestSetup(
        codecs, rules, route, keeper, other, patience, listener, startsAt, cacheBytes);
  }

  public TestSetup patience(RegistryPatience other) {
    return new TestSetup(
        codecs, rules, route, keeper, clock, other, listener, wallClock, cacheBytes);
  }

  public TestSetup listener(PipelineListener other) {
    return new TestSetup(
        codecs, rules, route, keeper, clock, patience, other, wallClock, cacheBytes);
  }

  public TestSetup cacheBytes(long other) {
    return new TestSetup(codecs, rules, route, keeper, clock, patience, listener, wallClock, other);
  }
}
