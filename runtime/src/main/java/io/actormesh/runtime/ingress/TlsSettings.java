package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.Finding;
import io.actormesh.runtime.config.NodeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * TLS at the front door.
 *
 * @param certificate a PEM file with the server's certificate, followed by intermediate ones
 * @param key a PEM file with its private key, not encrypted
 * @param reloadInterval how often the files are looked at for a change
 * @param warnBefore how long before the certificate expires the log begins to warn
 */
public record TlsSettings(
    Path certificate, Path key, Duration reloadInterval, Duration warnBefore) {

  public TlsSettings {
    if (reloadInterval.isNegative() || reloadInterval.isZero()) {
      throw new IllegalArgumentException("reload-interval: " + reloadInterval + " (expected: > 0)");
    }
  }

  /**
   * What is wrong with the files that a node's settings name, if they name any and there is a port
   * to use them for.
   *
   * @param clock tells whether the certificate is valid
   * @return an error with the setting's path and the fix, or nothing
   */
  public static List<Finding> check(NodeSettings node, InstantSource clock) {
    return node.ingress()
        .tls()
        .filter(tls -> node.ingress().port().isPresent())
        .map(tls -> DoorTls.check(of(tls), clock))
        .orElse(List.of());
  }

  static TlsSettings of(NodeSettings.IngressTls tls) {
    return new TlsSettings(tls.certificate(), tls.key(), tls.reloadInterval(), tls.warnBefore());
  }
}
