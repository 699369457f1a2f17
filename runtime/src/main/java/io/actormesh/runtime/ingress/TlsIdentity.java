package io.actormesh.runtime.ingress;

import io.actormesh.runtime.ingress.TlsFileException.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's private key and its certificate, with the intermediate ones that lead to an authority.
 *
 * @param chain the server's certificate first
 */
record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {

  private static final byte[] SAMPLE =
      "is this the certificate's key?".getBytes(StandardCharsets.US_ASCII);

  /**
   * Reads and checks both files.
   *
   * @throws TlsFileException if one is missing, unusable, expired, or not fit for the other
   */
  static TlsIdentity read(TlsSettings settings, Instant now) throws TlsFileException {
    List<X509Certificate> chain = chain(settings.certificate());
    PrivateKey key = PemKey.read(settings.key(), PemBlock.parse(text(Part.KEY, settings.key())));
    TlsIdentity identity = new TlsIdentity(key, chain);
    identity.checkTime(settings.certificate(), now);
    identity.checkOrder(settings.certificate());
    if (!identity.keyFits()) {
      throw new TlsFileException(
          Part.KEY,
          settings.key(),
          "holds a key that is not that of the certificate in " + settings.certificate(),
          "Set both to files that were made together");
    }
    return identity;
  }

  Instant expiry() {
    return chain.get(0).getNotAfter().toInstant();
  }

  Certificate[] certificates() {
    return chain.toArray(Certificate[]::new);
  }

  private static List<X509Certificate> chain(Path file) throws TlsFileException {
    List<X509Certificate> chain = new ArrayList<>();
    String fix = "Set it to a PEM file with the server's certificate and the intermediate ones";
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (PemBlock block : PemBlock.parse(text(Part.CERTIFICATE, file))) {
        if (block.label().equals("CERTIFICATE")) {
          chain.add(
              (X509Certificate)
                  factory.generateCertificate(new ByteArrayInputStream(block.der().toArray())));
        }
      }
    } catch (CertificateException malformed) {
      throw new TlsFileException(Part.CERTIFICATE, file, "holds a malformed certificate", fix);
    }
    if (chain.isEmpty()) {
      throw new TlsFileException(Part.CERTIFICATE, file, "holds no certificate", fix);
    }
    return chain;
  }

  private static String text(Part part, Path file) throws TlsFileException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new TlsFileException(
          part, file, "is not there or not readable", "Set it to the path of a PEM file");
    }
  }

  private void checkTime(Path file, Instant now) throws TlsFileException {
    for (X509Certificate certificate : chain) {
      String name = "holds a certificate (" + certificate.getSubjectX500Principal() + ") that ";
      if (now.isAfter(certificate.getNotAfter().toInstant())) {
        String problem = name + "expired at " + certificate.getNotAfter().toInstant();
        throw new TlsFileException(Part.CERTIFICATE, file, problem, "Have it renewed");
      }
      if (now.isBefore(certificate.getNotBefore().toInstant())) {
        String problem = name + "is not valid before " + certificate.getNotBefore().toInstant();
        throw new TlsFileException(
            Part.CERTIFICATE, file, problem, "Set this machine's clock, or wait");
      }
    }
  }

  private void checkOrder(Path file) throws TlsFileException {
    for (int i = 1; i < chain.size(); i++) {
      if (!chain
          .get(i - 1)
          .getIssuerX500Principal()
          .equals(chain.get(i).getSubjectX500Principal())) {
        throw new TlsFileException(
            Part.CERTIFICATE,
            file,
            "holds certificates that are no chain: number "
                + (i + 1)
                + " is not the issuer of number "
                + i,
            "Put the server's own first, each followed by that of its issuer");
      }
    }
  }

  private boolean keyFits() {
    try {
      Signature signature = Signature.getInstance(algorithm());
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(chain.get(0).getPublicKey());
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException unfit) {
      return false;
    }
  }

  private String algorithm() {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "EdDSA";
    };
  }
}
