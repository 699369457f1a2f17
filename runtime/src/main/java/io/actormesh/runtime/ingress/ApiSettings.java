package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.NodeSettings;
import io.actormesh.runtime.config.NodeSettings.Profile;

/**
 * What the front door says about itself.
 *
 * @param enabled whether {@code /openapi.json} is served
 * @param docs whether {@code /docs} is served; it needs the former
 * @param title the API's name
 * @param version the application's version
 * @param server where clients find the API: an absolute path or URL
 */
public record ApiSettings(
    boolean enabled, boolean docs, String title, String version, String server) {

  static ApiSettings of(NodeSettings node) {
    NodeSettings.IngressApi api = node.ingress().api();
    boolean docs = api.docs().orElse(node.profile() == Profile.DEV);
    return new ApiSettings(
        api.enabled(),
        api.enabled() && docs,
        api.title().orElse(node.cluster().name()),
        node.node().version(),
        api.server());
  }
}
