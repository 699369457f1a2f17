package io.actormesh.benchmarks.calls;

import io.actormesh.benchmarks.streams.Drops;
import io.actormesh.benchmarks.streams.RawStreams;
import io.actormesh.runtime.node.MeshNode;
import java.io.IOException;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A serving JVM: {@code mesh <seed port>}, {@code pekko <seed port>} or {@code pekko-streams <seed
 * port>}; ends with its parent.
 */
public final class Backend {

  private Backend() {}

  public static void main(String[] arguments) throws IOException {
    int seed = Integer.parseInt(arguments[1]);
    Runnable stop =
        switch (arguments[0]) {
          case "mesh" -> mesh(seed);
          case "pekko" -> pekko(seed);
          case "pekko-streams" -> RawStreams.server(seed)::terminate;
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.out.println("ready");
    // The parent holds our standard input: when it ends, so does the stream.
    while (System.in.read() >= 0) {}
    stop.run();
    System.exit(0);
  }

  private static Runnable mesh(int seed) {
    MeshNode node =
        MeshNode.builder()
            .config(BenchConfig.mesh())
            .environment(
                Map.of(
                    "MESH_PORT", "0",
                    "MESH_HTTP_PORT", "",
                    "MESH_ADMIN_PORT", "0",
                    "MESH_SEEDS", "127.0.0.1:" + seed))
            .host(Echo.POOL, Echo::create)
            .host(Echo.LOOP, Echo::create)
            .host(Drops.CONTRACT, Drops::create)
            .start();
    return () -> node.kill();
  }

  private static Runnable pekko(int seed) {
    ActorSystem<Void> system = RawPekko.server(seed);
    return system::terminate;
  }
}
