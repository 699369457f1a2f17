package io.actormesh.membership.formation;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.server.directives.RouteAdapter;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.apache.pekko.management.scaladsl.ManagementRouteProviderSettings;

/** What a node answers to others that look for a cluster: {@code GET /bootstrap/seed-nodes}. */
public final class BootstrapDoor {

  /** The first segment of the paths that are answered here. */
  public static final String PATH = "bootstrap";

  private BootstrapDoor() {}

  /**
   * Makes the answers, and tells the bootstrap where this node can be asked; it starts no sooner.
   * Once per actor system, and only if the method is {@link DiscoveredNodes}.
   *
   * @param admin this node's admin port as the source of nodes tells it: others ask there, and the
   *     node recognises itself by it
   */
  public static Function<HttpRequest, CompletionStage<HttpResponse>> open(
      ActorSystem<?> system, HostPort admin) {
    Uri self = Uri.create("http://" + admin);
    ManagementRouteProviderSettings readOnly =
        ManagementRouteProviderSettings.apply(self.asScala(), true);
    return RouteAdapter.asJava(ClusterBootstrap.get(system).routes(readOnly)).function(system);
  }
}
