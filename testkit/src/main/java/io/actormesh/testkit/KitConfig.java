package io.actormesh.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The configuration of the kit's nodes: free ports on loopback, and a cluster in a hurry. */
final class KitConfig {

  private static final AtomicInteger MESHES = new AtomicInteger();

  /** Talks more often and decides sooner than is good for a cluster of more than one machine. */
  private static final String KIT =
      """
      actormesh {
        profile = dev
        cluster {
          host = "127.0.0.1"
          port = 0
          bind-host = ""
          bind-port = ""
          profile = fast
          split-brain { strategy = keep-majority, stable-after = 1 s }
          failure-detector { heartbeat-interval = 500 ms, acceptable-pause = 3 s }
        }
        discovery { method = self, seeds = [], seed-timeout = 1 s, lookup-interval = 1 s }
        link { port = 0, bind-port = "" }
        ingress.port = 0
        admin.port = 0
        drain { quiet-period = 100 ms, patience = 10 s }
      }
      pekko {
        # The test's JVM outlives many meshes.
        coordinated-shutdown { run-by-jvm-shutdown-hook = off, exit-jvm = off }
        log-dead-letters = off
      }
      """;

  private KitConfig() {}

  /** A name that no other mesh of this JVM has: meshes must not join each other. */
  static String newName() {
    return "mesh-test-" + ProcessHandle.current().pid() + "-" + MESHES.incrementAndGet();
  }

  /** The complete configuration of every node of the mesh with this name. */
  static Config of(String name, String extra) {
    return ConfigFactory.parseString(extra)
        .withFallback(ConfigFactory.parseString("actormesh.cluster.name = \"" + name + "\""))
        .withFallback(ConfigFactory.parseString(KIT))
        .withFallback(ConfigFactory.load())
        .resolve();
  }
}
