package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.NodeSettings;

/**
 * What the front door says about itself.
 *
 * @param enabled whether {@code /openapi.json} is served
 * @param title the API's name
 * @param version the application's version
 * @param server where clients find the API: an absolute path or URL
 */
public record ApiSettings(boolean enabled, String title, String version, String server) {

  static ApiSettings of(NodeSettings node) {
    NodeSettings.IngressApi api = node.ingress().api();
    return new ApiSettings(
        api.enabled(),
        api.title().orElse(node.cluster().name()),
        node.node().version(),
        api.server());
  }
}
