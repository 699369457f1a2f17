package io.actormesh.membership.consul;

import io.actormesh.membership.MembershipException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the certificates of a file, and in no others. */
public final class Authorities {

  private Authorities() {}

  /**
   * TLS that takes servers whose certificates are signed by one of the PEM file's.
   *
   * @param key the configuration key that names the file; for the error
   * @throws MembershipException if the file cannot be read or holds none
   */
  public static SSLContext trusting(String key, Path pem) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(pem))) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + count++, authority);
      }
      if (count == 0) {
        throw unusable(key, pem, "it holds no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(key, pem, e.toString());
    }
  }

  private static MembershipException unusable(String key, Path pem, String why) {
    return new MembershipException(
        key + ": '" + pem + "' cannot be used: " + why + ".",
        "Name a PEM file with the certificates that the server's is signed by.");
  }
}
