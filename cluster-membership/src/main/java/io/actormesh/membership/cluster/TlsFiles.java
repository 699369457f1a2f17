package io.actormesh.membership.cluster;

import io.actormesh.membership.MembershipException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The node's identity as PEM files. Both sides of each connection show a certificate. The files are
 * read again every five minutes, so that they can be rotated in place.
 *
 * @param key RSA key, PKCS#1 or unencrypted PKCS#8
 * @param certificate issued directly by the authority, without intermediates
 * @param authority certificate of the authority that all nodes trust
 */
public record TlsFiles(Path key, Path certificate, Path authority) {

  /**
   * @throws MembershipException if one of the files cannot be read
   */
  public TlsFiles {
    requireReadable("key-file", key);
    requireReadable("certificate-file", certificate);
    requireReadable("authority-file", authority);
  }

  private static void requireReadable(String name, Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new MembershipException(
          "actormesh.cluster.tls." + name + ": '" + file + "' is no file that can be read.",
          "Mount the file there, make it readable for this process, or correct the path.");
    }
  }
}
