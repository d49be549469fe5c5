package io.fermata.replay;

import io.fermata.codec.json.TouchpointJson;
import io.fermata.identity.IdentityGraph;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Kept;
import io.fermata.journey.Views;
import io.fermata.model.Alert;
import io.fermata.model.ContactGuidance;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Identifier;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.model.Touchpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * The pure core without Kafka: reads everything, finds out whose it is and folds each customer on
 * one of several threads. Holds all touchpoints in memory, about 300 bytes each.
 */
public final class Replay implements ReplayEngine {

  /** How a customer is folded under given settings. */
  @FunctionalInterface
  interface FolderFactory {
    CustomerFolder create(ReplaySettings settings);
  }

  private final FolderFactory folders;

  /** A replay that allows any lateness. */
  public Replay() {
    this(settings -> new SortedFolder(settings.fold(), settings.rules()));
  }

  /**
   * A replay with the stream's limit: what comes too late is a dead letter.
   *
   * @param latenessMillis how late a touchpoint may come, against its customer's newest
   */
  public static Replay withLateness(long latenessMillis) {
    return new Replay(
        settings ->
            new KeeperFolder(KeeperSettings.of(settings.fold(), latenessMillis), settings.rules()));
  }

  private Replay(FolderFactory folders) {
    this.folders = folders;
  }

  @Override
  public ReplayResult run(
      TouchpointSources sources, ReplaySettings settings, LongConsumer bytesRead)
      throws IOException, InterruptedException {
    Gathered gathered = new Gathered(settings);
    sources.read(settings.threads(), bytesRead, gathered::add);
    gathered.unite();
    long clock = settings.clockAfter(gathered.greatestTime);
    Outcome outcome = fold(gathered, folders.create(settings), clock, settings.threads());
    gathered.deadLetters.addAll(outcome.deadLetters);
    outcome.alerts.addAll(gathered.identities.alerts());
    return new ReplayResult(
        outcome.alerts,
        outcome.journeys,
        outcome.guidance,
        outcome.responses,
        Scores.of(settings.score(), outcome.responses, outcome.surveysSent, outcome.alerts),
        gathered.deadLetters,
        new ReplayResult.Counts(
            gathered.rows,
            gathered.skipped,
            gathered.touchpoints,
            gathered.links,
            outcome.folded,
            outcome.duplicates,
            outcome.guidance.size()),
        gathered.touchpoints == 0 && settings.until() == null ? null : clock,
        settings.rules().rules().stream().map(rule -> rule.rule().id()).toList());
  }

  private static Outcome fold(Gathered gathered, CustomerFolder folder, long clock, int threads)
      throws InterruptedException {
    Iterator<Map.Entry<String, List<Touchpoint>>> customers =
        gathered.byCustomer.entrySet().iterator();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Outcome>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        parts.add(workers.submit(() -> foldAll(customers, folder, clock)));
      }
      Outcome all = new Outcome();
      for (Future<Outcome> part : parts) {
        all.add(part.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  private static Outcome foldAll(
      Iterator<Map.Entry<String, List<Touchpoint>>> customers, CustomerFolder folder, long clock) {
    Outcome outcome = new Outcome();
    while (true) {
      Map.Entry<String, List<Touchpoint>> customer;
      synchronized (customers) {
        if (!customers.hasNext()) {
          return outcome;
        }
        customer = customers.next();
        // Frees the touchpoints as soon as they are folded.
        customers.remove();
      }
      try {
        outcome.add(folder.fold(customer.getKey(), customer.getValue(), clock));
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "the fold of customer " + customer.getKey() + " failed: " + e, e);
      }
    }
  }

  /** What was read, grouped by customer in the order of arrival. */
  private static final class Gathered {

    private final ReplaySettings settings;
    private final TextPool texts = new TextPool();
    private final Map<String, List<Touchpoint>> byCustomer = new HashMap<>();
    private final List<Imported.DeadLetter> deadLetters = new ArrayList<>();
    private long rows;
    private long skipped;
    private long touchpoints;
    private long links;
    private final IdentityGraph identities;
    private long greatestTime = Long.MIN_VALUE;

    Gathered(ReplaySettings settings) {
      this.settings = settings;
      this.identities = new IdentityGraph(settings.identity());
    }

    void add(Imported imported) {
      rows++;
      if (imported instanceof Imported.Valid valid) {
        add(valid.touchpoint());
      } else if (imported instanceof Imported.Linked linked) {
        links++;
        identities.add(linked.link());
      } else if (imported instanceof Imported.DeadLetter deadLetter) {
        deadLetters.add(deadLetter);
      } else {
        skipped++;
      }
    }

    private void add(Touchpoint touchpoint) {
      touchpoints++;
      greatestTime = Math.max(greatestTime, touchpoint.occurredAt());
      String customer = settings.keys().keyOf(touchpoint);
      List<Touchpoint> history = byCustomer.get(customer);
      if (history == null) {
        history = new ArrayList<>(4);
        byCustomer.put(customer, history);
      }
      List<Identifier> identifiers = touchpoint.identifiers();
      if (!history.isEmpty()) {
        List<Identifier> last = history.get(history.size() - 1).identifiers();
        identifiers = last.equals(identifiers) ? last : identifiers;
      }
      Touchpoint compact = texts.compact(touchpoint, identifiers);
      history.add(compact);
      identities.add(compact);
    }

    /**
     * Gives every touchpoint to its customer, now that all links are known: those of the customer's
     * own name first, then by name, so that of several of one id and time the first counts.
     */
    void unite() {
      List<String> linked =
          byCustomer.keySet().stream().filter(identities::hasLinks).sorted().toList();
      Map<String, List<Touchpoint>> moving = new HashMap<>();
      for (String name : linked) {
        List<Touchpoint> staying = new ArrayList<>();
        for (Touchpoint touchpoint : byCustomer.remove(name)) {
          String customer = identities.customerOf(name, touchpoint.position());
          List<Touchpoint> theirs =
              customer.equals(name)
                  ? staying
                  : moving.computeIfAbsent(customer, any -> new ArrayList<>());
          theirs.add(touchpoint);
        }
        if (!staying.isEmpty()) {
          byCustomer.put(name, staying);
        }
      }
      moving.forEach(
          (customer, touchpoints) ->
              byCustomer.computeIfAbsent(customer, any -> new ArrayList<>()).addAll(touchpoints));
    }
  }

  /** The views and counts of some customers. */
  private static final class Outcome {

    private final List<Alert> alerts = new ArrayList<>();
    private final List<Journey> journeys = new ArrayList<>();
    private final List<ContactGuidance> guidance = new ArrayList<>();
    private final List<SurveyResponse> responses = new ArrayList<>();
    private final List<SurveySent> surveysSent = new ArrayList<>();
    private final List<Imported.DeadLetter> deadLetters = new ArrayList<>();
    private long folded;
    private long duplicates;

    void add(CustomerFolder.Folded customer) {
      Views views = customer.views();
      alerts.addAll(views.alerts());
      journeys.addAll(views.journeys());
      guidance.addAll(views.guidance());
      responses.addAll(views.responses());
      surveysSent.addAll(views.sent());
      folded += customer.folded();
      duplicates += customer.duplicates();
      for (Touchpoint touchpoint : customer.tooLate()) {
        deadLetters.add(
            new Imported.DeadLetter(
                DeadLetterReason.TOO_LATE,
                Kept.TOO_LATE_DETAIL,
                null,
                0,
                TouchpointJson.write(touchpoint)));
      }
    }

    void add(Outcome other) {
      alerts.addAll(other.alerts);
      journeys.addAll(other.journeys);
      guidance.addAll(other.guidance);
      responses.addAll(other.responses);
      surveysSent.addAll(other.surveysSent);
      deadLetters.addAll(other.deadLetters);
      folded += other.folded;
      duplicates += other.duplicates;
    }
  }
}
