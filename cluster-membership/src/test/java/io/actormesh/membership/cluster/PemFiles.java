package io.actormesh.membership.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority and one node's certificate, made by the JDK's keytool in a folder of the test. */
final class PemFiles {

  private static final String SECRET = "only-for-this-test";

  private final Path folder;

  private PemFiles(Path folder) {
    this.folder = folder;
  }

  static TlsFiles create(Path folder) throws Exception {
    PemFiles pem = new PemFiles(folder);
    pem.keytool("-genkeypair", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
    pem.keytool("-genkeypair", "-alias", "node", "-dname", "CN=mesh");
    pem.keytool("-certreq", "-alias", "node", "-file", "node.csr");
    pem.keytool("-gencert", "-alias", "ca", "-infile", "node.csr", "-outfile", "node.crt");
    KeyStore store = pem.load();
    Path authority = pem.write("ca.pem", "CERTIFICATE", store.getCertificate("ca").getEncoded());
    Path certificate =
        pem.write("cert.pem", "CERTIFICATE", Files.readAllBytes(folder.resolve("node.crt")));
    byte[] key = store.getKey("node", SECRET.toCharArray()).getEncoded();
    return new TlsFiles(pem.write("key.pem", "PRIVATE KEY", key), certificate, authority);
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", "store.p12", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", SECRET));
    if (arguments[0].equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "2"));
    }
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + output);
    }
  }

  private KeyStore load() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("store.p12"))) {
      store.load(in, SECRET.toCharArray());
    }
    return store;
  }

  private Path write(String file, String label, byte[] der) throws IOException {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    String pem = "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    return Files.writeString(folder.resolve(file), pem);
  }
}
