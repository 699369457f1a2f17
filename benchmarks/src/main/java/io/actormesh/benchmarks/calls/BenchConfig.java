package io.actormesh.benchmarks.calls;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** The shipped defaults of both contenders, but for what tells the services apart. */
public final class BenchConfig {

  private BenchConfig() {}

  /** A node of the mesh with the shipped defaults. */
  public static Config mesh() {
    return ConfigFactory.parseString(
            "actormesh.services.echo-loop.execution = event-loop\npekko.loglevel = WARNING")
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  /** Pekko alone, in a cluster of its own. */
  public static Config pekko(int port, int seed) {
    return ConfigFactory.parseString(
            """
            pekko {
              loglevel = WARNING
              actor.provider = cluster
              actor.serialization-bindings { "io.actormesh.benchmarks.calls.Echo$Wire" = jackson-cbor }
              remote.artery.canonical { hostname = "127.0.0.1", port = %d }
              cluster.seed-nodes = ["pekko://raw@127.0.0.1:%d"]
              cluster.downing-provider-class =
                "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
            }
            """
                .formatted(port, seed))
        .withFallback(ConfigFactory.load())
        .resolve();
  }
}
