package io.fermata.runtime;

import io.fermata.identity.Pseudonyms;
import io.fermata.journey.Views;
import io.fermata.model.Channel;
import io.fermata.serve.CustomerSource;
import io.fermata.topology.CustomerReader;
import io.fermata.topology.StoreNames;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Finds the instance that has a customer, and reads the customer where it is this one. */
final class CustomerQueries implements CustomerSource {

  static final String ELSEWHERE = "another instance has it, and has no http.advertised";

  private final KafkaStreams streams;
  private final CustomerReader reader;
  private final BooleanSupplier ready;
  private final Pseudonyms pseudonyms;
  private final HostInfo self;

  /**
   * @param ready whether the run has its tasks and their stores can be read
   * @param address this instance's {@code host:port} for others, as Kafka Streams knows it
   * @param pseudonyms what the state knows in the place of identifiers
   */
  CustomerQueries(
      KafkaStreams streams,
      CustomerReader reader,
      BooleanSupplier ready,
      String address,
      Pseudonyms pseudonyms) {
    this.streams = streams;
    this.reader = reader;
    this.ready = ready;
    this.pseudonyms = pseudonyms;
    this.self = HostInfo.buildFromEndpoint(address);
  }

  /** What is asked where the customer is. */
  @FunctionalInterface
  private interface Question {
    Answer answer(String customer, CustomerReader.Stores stores);
  }

  @Override
  public Answer find(String customer, long now) {
    return ask(
        customer,
        now,
        (name, stores) -> {
          Views views = reader.views(name, stores);
          return views == null ? unknown() : new Found(name, views);
        });
  }

  @Override
  public Answer decide(String customer, Channel channel, long at, long now) {
    return ask(
        customer,
        at,
        (name, stores) ->
            // Before all is restored a customer may seem never to have been contacted.
            ready.getAsBoolean()
                ? new Decided(reader.decide(name, channel, at, now, stores))
                : new NotReady("the stores are being restored"));
  }

  /** Goes from name to name, as touchpoints of that time do, until one is its own customer. */
  private Answer ask(String customer, long at, Question question) {
    try {
      String name = pseudonyms.name(customer);
      Set<String> passed = new HashSet<>(Set.of(name));
      while (true) {
        Bytes key = Bytes.wrap(name.getBytes(StandardCharsets.UTF_8));
        KeyQueryMetadata where =
            streams.queryMetadataForKey(StoreNames.JOURNEYS, key, new BytesSerializer());
        if (where == null || where.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
          return new NotReady("the tasks are being assigned");
        }
        if (!where.activeHost().equals(self)) {
          if (!InstanceAddress.isAdvertised(where.activeHost())) {
            return new NotReady(ELSEWHERE);
          }
          return new Elsewhere(where.activeHost().host() + ":" + where.activeHost().port(), name);
        }
        CustomerReader.Stores stores = store -> store(store, where.partition());
        String owner = reader.owner(name, at, stores);
        if (owner == null || !passed.add(owner)) {
          return question.answer(name, stores);
        }
        name = owner;
      }
    } catch (CustomerReader.BusyException e) {
      return new NotReady(e.getMessage());
    } catch (InvalidStateStoreException e) {
      return new NotReady("the stores cannot be read yet");
    }
  }

  private Answer unknown() {
    return ready.getAsBoolean() ? new Unknown() : new NotReady("the stores are being restored");
  }

  private ReadOnlyKeyValueStore<Bytes, byte[]> store(String name, int partition) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(
                name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
            .withPartition(partition));
  }
}
