package io.actormesh.runtime.ingress;

import io.actormesh.runtime.ingress.TlsFileException.Part;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Reads the private key of a PEM file: PKCS #8, or the older forms that openssl writes. */
final class PemKey {

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final String DECRYPT =
      "Decrypt it with: openssl pkey -in <file> -out <new file>, readable by the node's user alone";
  private static final String MAKE =
      "Set it to a PEM file with a PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY";

  private PemKey() {}

  static PrivateKey read(Path file, List<PemBlock> blocks) throws TlsFileException {
    for (PemBlock block : blocks) {
      if (!block.label().endsWith("PRIVATE KEY")) {
        continue;
      }
      if (block.label().startsWith("ENCRYPTED") || block.headers().contains("ENCRYPTED")) {
        throw new TlsFileException(Part.KEY, file, "holds an encrypted key", DECRYPT);
      }
      return key(file, pkcs8(file, block, blocks));
    }
    throw new TlsFileException(Part.KEY, file, "holds no private key", MAKE);
  }

  private static byte[] pkcs8(Path file, PemBlock block, List<PemBlock> all)
      throws TlsFileException {
    byte[] der = block.der().toArray();
    try {
      return switch (block.label()) {
        case "PRIVATE KEY" -> der;
        case "RSA PRIVATE KEY" -> Der.pkcs8(Der.rsa(), der);
        case "EC PRIVATE KEY" -> Der.pkcs8(Der.ec(curve(der, all)), der);
        default -> throw new TlsFileException(Part.KEY, file, "holds a " + block.label(), MAKE);
      };
    } catch (IllegalArgumentException malformed) {
      throw new TlsFileException(Part.KEY, file, "holds a malformed key", MAKE);
    }
  }

  private static byte[] curve(byte[] key, List<PemBlock> all) {
    return Der.curve(key)
        .or(
            () ->
                all.stream()
                    .filter(block -> block.label().equals("EC PARAMETERS"))
                    .findFirst()
                    .map(block -> block.der().toArray()))
        .orElseThrow(() -> new IllegalArgumentException("no curve"));
  }

  private static PrivateKey key(Path file, byte[] pkcs8) throws TlsFileException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException other) {
        // A key of another algorithm.
      } catch (GeneralSecurityException unknown) {
        throw new IllegalStateException("this Java runtime knows no " + algorithm, unknown);
      }
    }
    throw new TlsFileException(Part.KEY, file, "holds a key that is not RSA, EC or EdDSA", MAKE);
  }
}
