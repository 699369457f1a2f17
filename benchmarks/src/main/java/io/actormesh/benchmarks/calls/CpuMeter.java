package io.actormesh.benchmarks.calls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** CPU time of processes, without their JIT compiler threads, from Linux's {@code /proc}. */
public final class CpuMeter {

  private static final double SECONDS_PER_TICK = 0.01;
  private static final int UTIME = 11;
  private static final int STIME = 12;

  private CpuMeter() {}

  /** Seconds of CPU that the processes have used so far. */
  public static double seconds(List<Long> pids) {
    return pids.stream().mapToDouble(CpuMeter::ofProcess).sum();
  }

  private static double ofProcess(long pid) {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return tasks.mapToDouble(CpuMeter::ofTask).sum();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static double ofTask(Path task) {
    try {
      String stat = Files.readString(task.resolve("stat"));
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      if (name.startsWith("C1 Comp") || name.startsWith("C2 Comp")) {
        return 0;
      }
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * SECONDS_PER_TICK;
    } catch (NoSuchFileException ended) {
      return 0;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
