package io.fermata.runtime;

import java.util.List;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/**
 * Asks whether the parts of a store that lie on this instance can be read, whatever its type. An
 * instance without a task of that store has no part of it, which is fine.
 */
final class ReadableStoreType implements QueryableStoreType<List<StateStore>> {

  @Override
  public boolean accepts(StateStore store) {
    return true;
  }

  @Override
  public List<StateStore> create(StateStoreProvider provider, String storeName) {
    QueryableStoreType<StateStore> anyType =
        new QueryableStoreType<>() {
          @Override
          public boolean accepts(StateStore store) {
            return true;
          }

          @Override
          public StateStore create(StateStoreProvider inner, String name) {
            throw new UnsupportedOperationException("only asked for what it accepts");
          }
        };
    return provider.stores(storeName, anyType);
  }
}
