package io.actormesh.runtime.ingress;

import com.sun.management.UnixOperatingSystemMXBean;
import io.actormesh.runtime.SuppressForbidden;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the operating system lets the process have as many connections as its settings do. */
final class FileDescriptors {

  private static final Logger LOG = LoggerFactory.getLogger(FileDescriptors.class);

  /** Taken by the JVM, its class path, logs and the connections between nodes. */
  private static final int OTHERS = 512;

  private FileDescriptors() {}

  /** Says so in the log if not; systems that have no such limit say nothing. */
  @SuppressForbidden("the JDK knows the limit nowhere else; other JVMs have none to tell")
  static void warnIfFewerThan(int maxConnections) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      shortage(maxConnections, unix.getMaxFileDescriptorCount()).ifPresent(LOG::warn);
    }
  }

  /**
   * What is wrong; empty if nothing is.
   *
   * @param limit how many file descriptors the process may have
   */
  static Optional<String> shortage(int maxConnections, long limit) {
    if (limit >= (long) maxConnections + OTHERS) {
      return Optional.empty();
    }
    return Optional.of(
        "The process may open "
            + limit
            + " file descriptors, too few for actormesh.ingress.max-connections = "
            + maxConnections
            + ": connections beyond them are not accepted. Raise the limit (ulimit -n, or"
            + " LimitNOFILE of systemd) to at least "
            + (maxConnections + OTHERS)
            + ", or lower max-connections");
  }
}
