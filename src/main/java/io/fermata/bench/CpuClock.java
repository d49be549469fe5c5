package io.fermata.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** CPU time of this whole process, in nanoseconds: all threads, the garbage collector, RocksDB. */
final class CpuClock {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private CpuClock() {}

  static long now() {
    return PROCESS.getProcessCpuTime();
  }
}
