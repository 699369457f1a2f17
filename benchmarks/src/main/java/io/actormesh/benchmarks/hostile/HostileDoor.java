package io.actormesh.benchmarks.hostile;

import io.actormesh.benchmarks.calls.BenchConfig;
import io.actormesh.benchmarks.calls.Echo;
import io.actormesh.benchmarks.streams.Drops;
import io.actormesh.runtime.node.MeshNode;
import java.io.IOException;
import java.util.Map;

/**
 * A JVM with a front door of shipped defaults and the instances behind it. Says {@code ready <HTTP
 * port>}, and ends with its parent.
 */
public final class HostileDoor {

  static final String ECHO = "/echo";
  static final String FLOW = "/flow?characters=1000";
  static final String WEIGH = "/weigh";

  private HostileDoor() {}

  public static void main(String[] arguments) throws IOException {
    MeshNode node =
        MeshNode.builder()
            .config(BenchConfig.mesh())
            .environment(Map.of("MESH_PORT", "0", "MESH_HTTP_PORT", "0", "MESH_ADMIN_PORT", "0"))
            .host(Echo.POOL, Echo::create)
            .host(Drops.CONTRACT, Drops::create)
            .expose(Echo.POOL, http -> http.post(ECHO, Echo.Say.class))
            .expose(
                Drops.CONTRACT,
                http -> http.get("/flow", Drops.Flow.class).get(WEIGH, Drops.Weigh.class))
            .start();
    System.out.println("ready " + node.httpPort().getAsInt());
    while (System.in.read() >= 0) {}
    System.exit(0);
  }
}
