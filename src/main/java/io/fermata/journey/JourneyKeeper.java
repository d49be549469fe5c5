package io.fermata.journey;

import io.fermata.journey.Kept.Outcome;
import io.fermata.model.Channel;
import io.fermata.model.ContactDecision;
import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Keeps the published views of customers equal to the fold over the touchpoints known, whatever
 * order they arrive in. In order: one step. Late: the fold from the last snapshot before the
 * change, once without and once with it, and the difference of the two is published. Not safe for
 * threads.
 */
public final class JourneyKeeper {

  private final RuleSet rules;
  private final KeeperSettings settings;
  private final TouchpointBytes codec;
  private final HistoryStore store;
  private final IntFunction<RuleSet> otherRules;
  private final Fold fold;
  private final ByteWriter out = new ByteWriter(4096);
  private final ByteWriter scratch = new ByteWriter(1024);

  /** A keeper of records that have never known other rules. */
  public JourneyKeeper(
      RuleSet rules, KeeperSettings settings, TouchpointBytes codec, HistoryStore store) {
    this(
        rules,
        settings,
        codec,
        store,
        fingerprint -> {
          throw new IllegalStateException("no rules with fingerprint " + fingerprint);
        });
  }

  /**
   * @param otherRules the rules that have a {@link RuleSet#fingerprint()}, for records that were
   *     last folded under them; never null
   */
  public JourneyKeeper(
      RuleSet rules,
      KeeperSettings settings,
      TouchpointBytes codec,
      HistoryStore store,
      IntFunction<RuleSet> otherRules) {
    this.rules = rules;
    this.otherRules = otherRules;
    this.settings = settings;
    this.codec = codec;
    this.store = store;
    this.fold = new Fold(rules);
  }

  /**
   * Takes a touchpoint of a customer.
   *
   * @param rootBytes what {@link Kept#root} was last, or null for a customer not seen before; not
   *     {@linkplain #isBehind behind}
   * @param encoded holds the touchpoint's bytes for the history, which {@code codec} reads
   * @param sink gets the changes of views, in order
   */
  public Kept accept(
      String customer,
      byte[] rootBytes,
      Touchpoint touchpoint,
      byte[] encoded,
      int offset,
      int length,
      ViewSink sink) {
    return accept(customer, rootBytes, new Stored(touchpoint, encoded, offset, length), sink);
  }

  Kept accept(String customer, byte[] rootBytes, Stored stored, ViewSink sink) {
    Touchpoint touchpoint = stored.touchpoint();
    History history = new History(customer, store, codec, settings);
    Root root = read(customer, rootBytes, history);
    Position last = root.state.last();
    if (last == null
        || (touchpoint.occurredAt() > root.settledTo
            && touchpoint.position().compareTo(last) > 0)) {
      boolean snapshotDue = root.sinceSnapshot >= settings.snapshotEvery();
      if (snapshotDue) {
        history.hold(); // a fold that fails must leave the history as it was
        history.takeSnapshot(root, root.state, root.settledTo, scratch);
      }
      root.state.lookIn(history.lookback(root, null, List.of()));
      fold.step(root.state, touchpoint, sink);
      if (snapshotDue) {
        history.release();
        history.trim(root, touchpoint.occurredAt());
      }
      root.tail.add(stored);
      root.sinceSnapshot++;
      return keep(root, history, Outcome.FOLDED, 0);
    }
    return acceptLate(customer, root, history, stored, sink);
  }

  private Kept acceptLate(String customer, Root root, History history, Stored late, ViewSink sink) {
    Position at = late.position();
    History.Base base = history.baseBefore(at, root);
    if (base.position() != null && base.position().compareTo(at) == 0) {
      return unchanged(Outcome.DUPLICATE);
    }
    if (base.position() == null && root.trimmed) {
      return unchanged(Outcome.TOO_LATE);
    }
    History.Stretch stretch = history.since(base.position(), root);
    List<Stored> before = List.copyOf(stretch.touchpoints());
    if (!stretch.insert(late)) {
      return unchanged(Outcome.DUPLICATE);
    }
    Fork fork = fork(customer, root, history, base, before, at);

    history.hold(); // a fold that fails must leave the history as it was
    history.abandonAfter(base, root);
    ViewDiff.Run now = new ViewDiff.Run();
    int sinceSnapshot = refold(root, fork.state(), fork.common(), history, base, stretch, now);
    history.release();
    if (sinceSnapshot == 1 && fork.state().last().equals(at)) {
      // The newest of its customer, late only for the clock: the history ends where it would have.
      history.trim(root, at.at());
    }
    ViewDiff.publish(fork.old(), now, sink);

    stretch.store(root, late);
    root.state = fork.state();
    root.sinceSnapshot = sinceSnapshot;
    return keep(root, history, Outcome.FOLDED, stretch.touchpoints().size());
  }

  /**
   * Folds anew what is after a base, with touchpoints added to it and others gone from it, and
   * publishes the difference. Of a customer of whom nothing is left no history is left either.
   *
   * @param stretch what is after {@code base}; afterwards with the changes
   */
  Kept refoldChanged(
      String customer,
      Root root,
      History history,
      History.Base base,
      History.Stretch stretch,
      List<Stored> added,
      Set<Position> gone,
      ViewSink sink) {
    Position change =
        Stream.concat(added.stream().map(Stored::position), gone.stream())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    List<Stored> before = List.copyOf(stretch.touchpoints());
    Fork fork = fork(customer, root, history, base, before, change);

    history.hold(); // a fold that fails must leave the history as it was
    history.abandonAfter(base, root);
    stretch.change(root, added, gone, change);
    ViewDiff.Run now = new ViewDiff.Run();
    int sinceSnapshot = refold(root, fork.state(), fork.common(), history, base, stretch, now);
    history.release();
    ViewDiff.publish(fork.old(), now, sink);

    root.state = fork.state();
    root.sinceSnapshot = sinceSnapshot;
    if (base.state() == null && stretch.touchpoints().isEmpty()) {
      return new Kept(Outcome.FOLDED, null, root.wakeAt, Kept.NO_WAKE, 0);
    }
    return keep(root, history, Outcome.FOLDED, stretch.touchpoints().size());
  }

  /**
   * Where what was and what is part.
   *
   * @param state after the touchpoints that both have in common; what is goes on from it
   * @param common how many these are
   * @param old what the rest did to views as it was
   */
  private record Fork(FoldState state, int common, ViewDiff.Run old) {}

  /**
   * Folds a stretch as it was, and what comes before its change once for what is as well.
   *
   * @param before the touchpoints after {@code base}, without the change
   * @param change the first place at which they change
   */
  private Fork fork(
      String customer,
      Root root,
      History history,
      History.Base base,
      List<Stored> before,
      Position change) {
    Lookback lookback = history.lookback(root, base.position(), before);
    FoldState state = stateAt(customer, rules, base, history, root.state.segments().next());
    state.lookIn(lookback);
    int common = 0;
    while (common < before.size() && before.get(common).position().compareTo(change) < 0) {
      fold.step(state, before.get(common++).touchpoint(), Unseen.ALL);
    }
    FoldState rest = state.copy();
    rest.lookIn(lookback);
    // What it came to is what the root says.
    ViewDiff.Run old = new ViewDiff.Run(state.guidanceView(), root.state.guidanceView());
    for (Stored stored : before.subList(common, before.size())) {
      fold.step(rest, stored.touchpoint(), old);
    }
    settle(fold, rest, root.settledTo, old);
    return new Fork(state, common, old);
  }

  /**
   * Folds what a stretch is after a state, with new snapshots.
   *
   * @param done how many touchpoints of the stretch the state knows
   * @return how many touchpoints after the last snapshot
   */
  private int refold(
      Root root,
      FoldState state,
      int done,
      History history,
      History.Base base,
      History.Stretch stretch,
      ViewDiff.Run now) {
    List<Stored> touchpoints = stretch.touchpoints();
    state.lookIn(history.lookback(root, base.position(), touchpoints));
    int sinceSnapshot = done;
    for (Stored stored : touchpoints.subList(done, touchpoints.size())) {
      if (sinceSnapshot >= settings.snapshotEvery()) {
        history.takeSnapshot(root, state, Quiet.NONE, scratch);
        sinceSnapshot = 0;
      }
      fold.step(state, stored.touchpoint(), now);
      sinceSnapshot++;
    }
    settle(fold, state, root.settledTo, now);
    return sinceSnapshot;
  }

  /** Whether a record was last folded under other rules, so that it has to catch up first. */
  public boolean isBehind(byte[] rootBytes) {
    return rootBytes != null && Root.rulesOf(rootBytes) != rules.fingerprint();
  }

  /**
   * Brings a record that was folded under other rules to the present ones: folds the history that
   * is kept under both, from one and the same state, and publishes the difference. Rules whose
   * content is the same keep what they knew from before that history.
   *
   * @param rootBytes the customer's record, not null
   * @param sink gets the changes of views, in order of their ids; alerts of rules that are gone are
   *     taken back if {@link KeeperSettings#retractRemoved} says so
   */
  public Kept catchUp(String customer, byte[] rootBytes, ViewSink sink) {
    RuleSet before = otherRules.apply(Root.rulesOf(rootBytes));
    History history = new History(customer, store, codec, settings);
    Root root = read(customer, before, rootBytes, history);
    History.Base base = history.oldestBase(root);
    History.Stretch stretch = history.since(base.position(), root);
    int next = root.state.segments().next();

    ViewDiff.Run old = new ViewDiff.Run();
    Fold foldBefore = new Fold(before);
    FoldState oldState = stateAt(customer, before, base, history, next);
    oldState.lookIn(history.lookback(root, base.position(), stretch.touchpoints()));
    for (Stored stored : stretch.touchpoints()) {
      foldBefore.step(oldState, stored.touchpoint(), old);
    }
    settle(foldBefore, oldState, root.settledTo, old);

    ViewDiff.Run now = new ViewDiff.Run();
    FoldState nowState = stateAt(customer, before, base, history, next).under(rules, scratch);
    history.hold(); // a fold that fails must leave the history as it was
    history.abandonAfter(base, root);
    if (base.state() != null) {
      history.replace(base, nowState, scratch);
    }
    root.sinceSnapshot = refold(root, nowState, 0, history, base, stretch, now);
    history.release();
    ViewDiff.publish(
        old, now, settings.retractRemoved() ? sink : new KeepingRemoved(rules.ids(), sink));
    root.state = nowState;
    return keep(root, history, Outcome.FOLDED, stretch.touchpoints().size());
  }

  /**
   * Tells a customer the clock: settles every deadline and end it has reached. A timer that the
   * clock has reached is cancelled, and set anew for what is due next.
   *
   * @param rootBytes the customer's record, not null
   * @param clock event time, epoch milliseconds
   */
  public Kept settle(String customer, byte[] rootBytes, long clock, ViewSink sink) {
    History history = new History(customer, store, codec, settings);
    Root root = read(customer, rootBytes, history);
    if (fold.settle(root.state, clock, sink) > 0) {
      root.settledTo = Math.max(root.settledTo, clock);
      root.state.sweep(clock);
    }
    long fired = Kept.NO_WAKE;
    if (root.wakeAt <= clock) {
      fired = root.wakeAt;
      root.wakeAt = Cell.NEVER;
    }
    Kept kept = keep(root, history, Outcome.FOLDED, 0);
    return fired == Kept.NO_WAKE
        ? kept
        : new Kept(kept.outcome(), kept.root(), fired, kept.wakeAt(), 0);
  }

  /**
   * The customer's views as they stand: everything of the history that is kept, and what is open
   * from before it.
   *
   * @param rootBytes the customer's record, not null; not {@linkplain #isBehind behind}
   */
  public Views views(String customer, byte[] rootBytes) {
    History history = new History(customer, store, codec, settings);
    Root root = read(customer, rootBytes, history);
    History.Base base = history.oldestBase(root);
    FoldState state = stateAt(customer, rules, base, history, root.state.segments().next());
    List<Stored> known = history.since(base.position(), root).touchpoints();
    state.lookIn(history.lookback(root, base.position(), known));
    ViewCollector views = new ViewCollector();
    for (Stored stored : known) {
      // Who reads while somebody writes may see a touchpoint both sealed and not yet.
      if (state.last() == null || stored.position().compareTo(state.last()) > 0) {
        fold.step(state, stored.touchpoint(), views);
      }
    }
    settle(fold, state, root.settledTo, views);
    root.state.tell(views);
    return views.views();
  }

  /**
   * Decides about one more marketing message.
   *
   * @param rootBytes the customer's record, or null for a customer not seen before; not {@linkplain
   *     #isBehind behind}
   * @param at when it would be sent, epoch milliseconds; before the newest touchpoint of the
   *     customer, or before what has been settled, it is taken for a moment after it
   * @param reservations what is held for the customer at present
   */
  public ContactDecision decide(
      String customer, byte[] rootBytes, Channel channel, long at, Reservations reservations) {
    History history = new History(customer, store, codec, settings);
    Root root = read(customer, rootBytes, history);
    long earliest = root.settledTo;
    if (root.state.last() != null) {
      earliest = Math.max(earliest, root.state.last().at());
    }
    return new ContactTrial(fold, root.state, channel, at, earliest, reservations).decide();
  }

  /**
   * Forgets a customer: the history is deleted at once.
   *
   * @param rootBytes the customer's record, not null; of whatever rules
   * @param sink hears that nothing is open any more, and of no view
   * @return what to do with the rest: delete the record, cancel its timer
   */
  public Kept forget(String customer, byte[] rootBytes, ViewSink sink) {
    History history = new History(customer, store, codec, settings);
    RuleSet under = isBehind(rootBytes) ? otherRules.apply(Root.rulesOf(rootBytes)) : rules;
    Root root = read(customer, under, rootBytes, history);
    ViewCollector open = new ViewCollector();
    root.state.tell(open);
    sink.openJourneys(-open.views().journeys().size());
    open.views().guidance().forEach(guidance -> sink.pause(guidance.pauseUntil(), null));
    history.forget();
    return new Kept(Outcome.FOLDED, null, root.wakeAt, Kept.NO_WAKE, 0);
  }

  private static void settle(Fold by, FoldState state, long clock, ViewSink sink) {
    if (clock != Quiet.NONE) {
      by.settle(state, clock, sink);
    }
  }

  Root read(String customer, byte[] bytes, History history) {
    return read(customer, rules, bytes, history);
  }

  private Root read(String customer, RuleSet under, byte[] bytes, History history) {
    if (bytes == null) {
      Root root = new Root(new Tail(codec));
      root.state = stateAt(customer, under, History.Base.EMPTY, history, 0);
      return root;
    }
    return Root.decode(
        bytes,
        (in, next) ->
            FoldState.read(
                in, customer, under, settings.fold(), new Segments(next, history::loadSegment)),
        codec);
  }

  private FoldState stateAt(
      String customer, RuleSet under, History.Base base, History history, int nextSegment) {
    Segments segments = new Segments(nextSegment, history::loadSegment);
    return base.state() == null
        ? new FoldState(customer, under, settings.fold(), segments)
        : FoldState.read(
            new ByteReader(base.state(), 0), customer, under, settings.fold(), segments);
  }

  private static Kept unchanged(Outcome outcome) {
    return new Kept(outcome, null, Kept.NO_WAKE, Kept.NO_WAKE, 0);
  }

  private Kept keep(Root root, History history, Outcome outcome, int refolded) {
    history.sealTail(root);
    history.storeSegments(root, root.state.segments());
    long wake = root.state.wakesAt();
    long cancel = Kept.NO_WAKE;
    long schedule = Kept.NO_WAKE;
    // A timer set too early does no harm and is set anew when it fires; most move on all the time.
    if (wake < root.wakeAt) {
      cancel = root.wakeAt;
      schedule = wake;
      root.wakeAt = wake;
    }
    return new Kept(outcome, root.encode(out, scratch), cancel, schedule, refolded);
  }
}
