package io.actormesh.runtime.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mesh as this node knows it at this moment. All answers come from values that the node holds
 * already: they are quick, ask nobody, and may be taken on any thread.
 */
public interface MeshView {

  /** The members of the mesh, this node among them. */
  List<NodeView> nodes();

  /** The services that some member hosts. */
  List<ServiceSummary> services();

  /** A service with its endpoints, or nothing if no member hosts it. */
  Optional<ServiceView> service(String name);

  /**
   * The policy in force for a service on this node with the origin of each value, made of maps,
   * lists, texts, numbers and truth values; or nothing if the service is not known here.
   */
  Optional<Map<String, Object>> policy(String service);
}
