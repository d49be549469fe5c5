package io.fermata.runtime;

import io.fermata.model.DriverReport;
import io.fermata.model.ScoreReport;
import io.fermata.score.Drivers;
import io.fermata.score.ScoreKey;
import io.fermata.score.Window;
import io.fermata.serve.ScoreSource;
import io.fermata.topology.ScoreReader;
import io.fermata.topology.StoreNames;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads the scores whose partitions are here, and finds the instances that have the others. */
final class ScoreQueries implements ScoreSource {

  private final KafkaStreams streams;
  private final ScoreReader reader;
  private final BooleanSupplier ready;
  private final String address;

  /**
   * @param ready as of {@link CustomerQueries}, likewise {@code address}
   */
  ScoreQueries(KafkaStreams streams, ScoreReader reader, BooleanSupplier ready, String address) {
    this.streams = streams;
    this.reader = reader;
    this.ready = ready;
    this.address = address;
  }

  @Override
  public List<ScoreReport> latest(Window window) {
    return read(days -> reader.latest(window, days));
  }

  @Override
  public List<ScoreReport> asOf(ScoreKey key, Window window, LocalDate day) {
    int number = Math.toIntExact(day.toEpochDay());
    return read(days -> reader.series(key, window, number, number, days));
  }

  @Override
  public List<DriverReport> drivers(Window window) {
    List<DriverReport> found = new ArrayList<>();
    for (Drivers each : read(days -> reader.drivers(window, days))) {
      if (each instanceof Drivers.Found drivers) {
        found.add(drivers.report());
      }
    }
    return found;
  }

  private <T> List<T> read(Function<ReadOnlyKeyValueStore<Bytes, byte[]>, List<T>> question) {
    // Before all is restored a score may seem to be another.
    if (!ready.getAsBoolean()) {
      throw new NotReadyException("the stores are being restored", null);
    }
    try {
      return question.apply(
          streams.store(
              StoreQueryParameters.fromNameAndType(
                  StoreNames.SCORE_DAYS, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())));
    } catch (InvalidStateStoreException e) {
      if (isAllElsewhere()) {
        return List.of();
      }
      throw new NotReadyException("the stores cannot be read yet", e);
    }
  }

  /** An instance with fewer threads than there are partitions may have none of them. */
  private boolean isAllElsewhere() {
    return streams.streamsMetadataForStore(StoreNames.SCORE_DAYS).stream()
        .noneMatch(instance -> authority(instance).equals(address));
  }

  @Override
  public List<String> others() {
    List<String> others = new ArrayList<>();
    for (StreamsMetadata instance : streams.streamsMetadataForStore(StoreNames.SCORE_DAYS)) {
      if (authority(instance).equals(address)) {
        continue;
      }
      if (!InstanceAddress.isAdvertised(instance.hostInfo())) {
        throw new NotReadyException(CustomerQueries.ELSEWHERE, null);
      }
      others.add(authority(instance));
    }
    Collections.sort(others);
    return others;
  }

  private static String authority(StreamsMetadata instance) {
    return instance.host() + ":" + instance.port();
  }
}
