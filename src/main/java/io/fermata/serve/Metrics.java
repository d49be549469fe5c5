package io.fermata.serve;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;

/** The registry of a process's meters, with those of the JVM and the process bound to it. */
public final class Metrics implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final JvmHeapPressureMetrics heapPressure = new JvmHeapPressureMetrics();
  private final List<StreamsMeters> bound = new ArrayList<>();

  public Metrics() {
    registry.config().meterFilter(StreamsMeters.filter());
    List<MeterBinder> binders =
        List.of(
            collections,
            heapPressure,
            new ClassLoaderMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new FileDescriptorMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics());
    binders.forEach(binder -> binder.bindTo(registry));
  }

  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /**
   * Adds health, restores, and the meters of Kafka Streams and of its clients, a useful few of the
   * many there are.
   *
   * @param streams not started yet
   */
  public void bind(KafkaStreams streams, HealthState health) {
    gauge("fermata.live", "1 where a restart would not help, else 0", health::live);
    gauge("fermata.ready", "1 where the process has work and does it, else 0", health::ready);
    streams.setGlobalStateRestoreListener(new RestoreMeters(registry));
    bound.add(new StreamsMeters(streams, registry));
  }

  private void gauge(String name, String description, BooleanSupplier holds) {
    Gauge.builder(name, () -> holds.getAsBoolean() ? 1 : 0)
        .description(description)
        .register(registry);
  }

  @Override
  public void close() {
    bound.forEach(StreamsMeters::close);
    collections.close();
    heapPressure.close();
    registry.close();
  }
}
