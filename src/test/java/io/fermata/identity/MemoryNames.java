package io.fermata.identity;

import io.fermata.codec.TouchpointCodec;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.JourneyKeeper;
import io.fermata.journey.JourneyMoves;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Kept;
import io.fermata.journey.MemoryHistoryStore;
import io.fermata.journey.Stored;
import io.fermata.journey.ViewSink;
import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.Position;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The keys of all names on the heap, each with messages waiting from each other name; which is
 * delivered next is chance.
 */
final class MemoryNames implements Neighbours, ViewSink {

  private record Way(String from, String to) {}

  private final Random random;
  private final JourneyKeeper keeper;
  private final JourneyMoves moves;
  private final Stitcher stitcher;
  private final MemoryHistoryStore history = new MemoryHistoryStore();
  private final MemoryHistoryStore identities = new MemoryHistoryStore();
  private final Map<String, byte[]> roots = new TreeMap<>();
  private final Map<Way, Deque<Runnable>> waiting =
      new TreeMap<>(Comparator.comparing(Way::from).thenComparing(Way::to));
  final Map<String, Object> views = new TreeMap<>();
  private String present;
  private int handed;
  private int largestMessage;
  private int arrived;
  private int folded;
  private int duplicates;
  private int tooLate;
  private int merged;

  /** Called in every state that a reader may see. */
  Runnable afterEach = () -> {};

  final Map<Refusal, Integer> refusals = new TreeMap<>();

  /** With batches of any size, mostly small ones. */
  MemoryNames(RuleSet rules, IdentitySettings identity, Random random) {
    this(rules, identity, random, 1 + random.nextInt(1 + random.nextInt(40)));
  }

  MemoryNames(RuleSet rules, IdentitySettings identity, Random random, int batch) {
    this(rules, identity, random, batch, KeeperSettings.ANY_LATENESS);
  }

  MemoryNames(
      RuleSet rules, IdentitySettings identity, Random random, int batch, long latenessMillis) {
    this.random = random;
    KeeperSettings settings =
        new KeeperSettings(
            FoldSettings.DEFAULTS, latenessMillis, 1 + random.nextInt(6), 1 + random.nextInt(4));
    keeper = new JourneyKeeper(rules, settings, TouchpointCodec.INSTANCE::decode, history);
    moves = new JourneyMoves(keeper, TouchpointCodec.INSTANCE::decode, settings, history);
    stitcher =
        new Stitcher(
            identity,
            settings.latenessMillis(),
            TouchpointCodec.INSTANCE::decode,
            identities,
            this,
            batch);
  }

  /** Something that comes from outside, in order with all else from there to that name. */
  void touchpoint(Touchpoint touchpoint, String name) {
    send("", name, () -> arrives(touchpoint, name));
  }

  /** Comes in no order with anything. */
  void link(Link link, String source) {
    send(source, link.from(), () -> stitcher.linked(link));
  }

  /** As {@link #link}. */
  void said(Link link, boolean revoked, String source) {
    send(source, link.from(), () -> stitcher.said(link, revoked));
    send(source, link.to(), () -> stitcher.met(link.to(), link.from()));
  }

  /** A link that was said between a placeholder, which it is from, and another. */
  void refusedSaid(Link link, String source) {
    link(link, source);
    send(source, link.to(), () -> stitcher.met(link.to(), link.from()));
  }

  /** How many touchpoints are in journeys, as the ledgers of the stream say it. */
  int folded() {
    return folded - merged;
  }

  /** How many have arrived that were counted as nothing. */
  int unaccounted() {
    return arrived - folded - duplicates - tooLate;
  }

  private void arrives(Touchpoint touchpoint, String name) {
    arrived++;
    byte[] bytes = TouchpointCodec.INSTANCE.encode(touchpoint);
    stitcher.meets(name, touchpoint.identifiers());
    switch (stitcher.arrives(name, touchpoint.position())) {
      case HERE -> {
        if (takeIn(name, true, List.of(Stored.of(TouchpointCodec.INSTANCE::decode, bytes))).get(0)
            == Kept.Outcome.DUPLICATE) {
          stitcher.arrivedAgain(name, touchpoint.position(), () -> bytes);
        }
      }
      case ELSEWHERE -> stitcher.passOn(name, touchpoint.position(), bytes);
      case DUPLICATE -> duplicates++;
    }
  }

  /** A request to erase, in order with touchpoints from outside. */
  void erase(String name) {
    send("", name, () -> stitcher.erase(name));
  }

  /** Delivers some of what waits; 0 for all. */
  void deliver(int limit) {
    int left = limit == 0 ? Integer.MAX_VALUE : limit;
    while (!waiting.isEmpty() && left-- > 0) {
      List<Way> ways = new ArrayList<>(waiting.keySet());
      Way way = ways.get(random.nextInt(ways.size()));
      Deque<Runnable> messages = waiting.get(way);
      Runnable message = messages.poll();
      if (messages.isEmpty()) {
        waiting.remove(way);
      }
      present = way.to;
      message.run();
      afterEach.run();
      if (++handed > 200_000) {
        throw new IllegalStateException("it does not come to an end");
      }
    }
  }

  /** Most touchpoints handed over at once. */
  int largestMessage() {
    return largestMessage;
  }

  void settle(long clock) {
    for (String name : List.copyOf(roots.keySet())) {
      roots.put(name, keeper.settle(name, roots.get(name), clock, this).root());
    }
  }

  List<String> customers() {
    return List.copyOf(roots.keySet());
  }

  private void send(String from, String to, Runnable message) {
    waiting.computeIfAbsent(new Way(from, to), any -> new ArrayDeque<>()).add(message);
  }

  @Override
  public void pass(String to, List<String> path, boolean fresh, List<byte[]> touchpoints) {
    List<byte[]> copy = List.copyOf(touchpoints);
    largestMessage = Math.max(largestMessage, copy.size());
    send(present, to, () -> stitcher.handedOver(to, path, fresh, copy));
  }

  @Override
  public void recall(String to, List<String> path, List<Position> positions) {
    List<Position> copy = List.copyOf(positions);
    send(present, to, () -> stitcher.takenBack(to, path, copy));
  }

  @Override
  public void sweepLater(String name, long from, long until) {
    send(present, name, () -> stitcher.sweep(name, from, until));
  }

  @Override
  public void erase(String to, String gone) {
    send(present, to, gone == null ? () -> stitcher.erase(to) : () -> stitcher.gone(to, gone));
  }

  @Override
  public void drop(String to, List<String> path, List<Position> positions) {
    List<Position> copy = List.copyOf(positions);
    send(present, to, () -> stitcher.dropped(to, path, copy));
  }

  @Override
  public void forget(String name) {
    byte[] root = roots.remove(name);
    if (root != null) {
      keeper.forget(name, root, this);
    }
    views.values().removeIf(view -> customerOf(view).equals(name));
  }

  private static String customerOf(Object view) {
    return view instanceof Alert alert
        ? alert.customer()
        : view instanceof Journey journey
            ? journey.customer()
            : view instanceof ContactGuidance guidance
                ? guidance.customer()
                : view instanceof SurveyResponse response
                    ? response.customer()
                    : ((SurveySent) view).customer();
  }

  /** Whether a text is anywhere in what is kept. */
  boolean knows(String text) {
    byte[] sought = text.getBytes(StandardCharsets.UTF_8);
    byte[] soughtWide = text.getBytes(StandardCharsets.UTF_16BE);
    boolean[] found = {roots.keySet().stream().anyMatch(name -> name.contains(text))};
    roots.values().forEach(root -> found[0] |= contains(root, sought));
    for (MemoryHistoryStore store : List.of(history, identities)) {
      store.scan(
          new byte[0],
          new byte[] {-1, -1, -1},
          false,
          (key, value) -> {
            for (byte[] bytes : List.of(key, value)) {
              found[0] |= contains(bytes, sought) || contains(bytes, soughtWide);
            }
            return true;
          });
    }
    return found[0];
  }

  private static boolean contains(byte[] bytes, byte[] sought) {
    for (int i = 0; i + sought.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + sought.length, sought, 0, sought.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<Kept.Outcome> takeIn(String name, boolean fresh, List<Stored> touchpoints) {
    JourneyMoves.MovedIn in = moves.in(name, roots.get(name), touchpoints, this);
    if (in.kept().root() != null) {
      roots.put(name, in.kept().root());
    }
    if (fresh) {
      folded += Collections.frequency(in.outcomes(), Kept.Outcome.FOLDED);
      duplicates += Collections.frequency(in.outcomes(), Kept.Outcome.DUPLICATE);
      tooLate += Collections.frequency(in.outcomes(), Kept.Outcome.TOO_LATE);
    }
    return in.outcomes();
  }

  @Override
  public void takeOut(String name, Collection<Position> positions) {
    if (roots.containsKey(name)) {
      apply(name, moves.out(name, roots.get(name), positions, this));
    }
  }

  @Override
  public List<Stored> takeOutNewest(String name, long from, long until, int limit) {
    return roots.containsKey(name)
        ? apply(name, moves.newest(name, roots.get(name), from, until, limit, this))
        : List.of();
  }

  @Override
  public byte[] replace(String name, byte[] touchpoint) {
    List<Stored> old = apply(name, moves.replace(name, roots.get(name), touchpoint, this));
    return old.isEmpty() ? null : old.get(0).bytes();
  }

  @Override
  public void refused(Refusal reason) {
    refusals.merge(reason, 1, Integer::sum);
  }

  @Override
  public void duplicate() {
    duplicates++;
  }

  @Override
  public void merged() {
    merged++;
  }

  @Override
  public void parted() {
    merged--;
  }

  private List<Stored> apply(String name, JourneyMoves.MovedOut out) {
    if (out.emptied()) {
      roots.remove(name);
    } else if (out.kept().root() != null) {
      roots.put(name, out.kept().root());
    }
    return out.touchpoints();
  }

  @Override
  public void alert(Change change, Alert was, Alert alert) {
    alert(change, alert);
  }

  @Override
  public void alert(Change change, Alert alert) {
    put(change, "alert " + alert.id(), alert);
  }

  @Override
  public void journey(Change change, Journey journey) {
    put(change, "journey " + journey.id(), journey);
  }

  @Override
  public void guidance(Change change, ContactGuidance guidance) {
    put(change, "guidance " + guidance.customer(), guidance);
  }

  @Override
  public void response(Change change, SurveyResponse response) {
    put(change, "response " + response.id(), response);
  }

  @Override
  public void surveySent(Change change, SurveySent sent) {
    put(change, "sent " + sent, sent);
  }

  private void put(Change change, String key, Object view) {
    if (change == Change.RETRACTED) {
      if (views.remove(key) == null) {
        throw new IllegalStateException("nothing to take back: " + view);
      }
    } else {
      views.put(key, view);
    }
  }
}
