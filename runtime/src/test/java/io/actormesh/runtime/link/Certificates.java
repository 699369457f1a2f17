package io.actormesh.runtime.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority, and one certificate it has signed for loopback; made with the JDK's keytool. */
record Certificates(Path folder) {

  private static final String PASSWORD = "changeit";

  static Certificates make(Path folder) throws IOException, InterruptedException {
    Certificates made = new Certificates(folder);
    made.makeAll();
    return made;
  }

  Path keyStore() {
    return folder.resolve("store.p12");
  }

  LinkTls fromPem(boolean verifyHostNames) throws IOException {
    return LinkTls.fromPem(
        folder.resolve("node.pem"),
        folder.resolve("node.key"),
        folder.resolve("ca.pem"),
        verifyHostNames);
  }

  LinkTls fromKeyStore() throws IOException {
    return LinkTls.fromKeyStore(keyStore(), PASSWORD, keyStore(), PASSWORD, true);
  }

  /** This node's certificate, but the other's authority trusted. */
  LinkTls trusting(Certificates other) throws IOException {
    return LinkTls.fromPem(
        folder.resolve("node.pem"),
        folder.resolve("node.key"),
        other.folder.resolve("ca.pem"),
        false);
  }

  private void makeAll() throws IOException, InterruptedException {
    keytool("-genkeypair", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
    keytool("-genkeypair", "-alias", "node", "-dname", "CN=node");
    Path request = folder.resolve("node.csr");
    Path signed = folder.resolve("node.crt");
    keytool("-certreq", "-alias", "node", "-file", request.toString());
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost",
        "-infile",
        request.toString(),
        "-outfile",
        signed.toString());
    keytool("-importcert", "-noprompt", "-alias", "node", "-file", signed.toString());
    exportPem();
    // As a trusted authority, too: an entry without a key.
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        "trusted",
        "-file",
        folder.resolve("ca.pem").toString());
    keytool("-delete", "-alias", "ca");
  }

  private void exportPem() throws IOException {
    try (InputStream in = Files.newInputStream(keyStore())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      Key key = store.getKey("node", PASSWORD.toCharArray());
      Certificate[] chain = store.getCertificateChain("node");
      write("node.key", "PRIVATE KEY", key.getEncoded());
      write("node.pem", "CERTIFICATE", chain[0].getEncoded());
      write("ca.pem", "CERTIFICATE", store.getCertificate("ca").getEncoded());
    } catch (GeneralSecurityException cause) {
      throw new IOException(cause);
    }
  }

  private void write(String file, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", keyStore().toString(), "-storepass", PASSWORD));
    if (arguments[0].equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC", "-validity", "2", "-storetype", "PKCS12"));
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool " + arguments[0] + " failed: " + output);
    }
  }
}
