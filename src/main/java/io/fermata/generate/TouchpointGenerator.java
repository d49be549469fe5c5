package io.fermata.generate;

import io.fermata.model.Touchpoint;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * Touchpoints of simulated customers in the order in which they arrive. Deterministic: the same
 * settings give the same touchpoints. Needs memory for the customers and for what is delayed, not
 * for what it has given out, so it can go on for ever. Not for use by several threads at once.
 */
public final class TouchpointGenerator implements Iterator<Touchpoint> {

  private final ArrivalOrder arrivals;
  private Arrival head;

  /** Simulates without telling the truth about injected incidents. */
  public TouchpointGenerator(GeneratorSettings settings) {
    this(settings, incident -> {});
  }

  /**
   * Simulates.
   *
   * @param truth is told of every injected incident, once its last touchpoint has occurred and its
   *     deadline has passed
   */
  public TouchpointGenerator(GeneratorSettings settings, Consumer<Incident> truth) {
    this(settings, truth, null);
  }

  /**
   * As above; NPS answers follow {@link NpsModel#MEASURED} over how customers stand with each
   * pillar as the meter says, instead of what they remember.
   *
   * @param meter null for what they remember
   */
  public TouchpointGenerator(
      GeneratorSettings settings, Consumer<Incident> truth, PillarMeter meter) {
    Simulation simulation = new Simulation(settings, truth, meter);
    arrivals =
        new ArrivalOrder(
            simulation::next,
            new Dice(settings.seed(), Long.MAX_VALUE),
            settings.late(),
            settings.duplicates());
    head = arrivals.next();
  }

  /** Whether there is another; always true without an end. */
  @Override
  public boolean hasNext() {
    return head != null;
  }

  /**
   * The next touchpoint to arrive.
   *
   * @throws NoSuchElementException after the last
   */
  @Override
  public Touchpoint next() {
    return nextArrival().touchpoint();
  }

  /**
   * The next touchpoint with the time it arrives; times never go back.
   *
   * @throws NoSuchElementException after the last
   */
  public Arrival nextArrival() {
    if (head == null) {
      throw new NoSuchElementException("the simulated period has ended");
    }
    Arrival arrival = head;
    head = arrivals.next();
    return arrival;
  }
}
