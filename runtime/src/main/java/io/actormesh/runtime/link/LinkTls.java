package io.actormesh.runtime.link;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Mutual TLS 1.3 for links: a node shows its certificate both when it dials and when it is dialled,
 * and takes only peers whose certificate a trusted authority has signed.
 */
public final class LinkTls {

  private static final String PROTOCOL = "TLSv1.3";

  private final SslContext dialling;
  private final SslContext listening;
  private final boolean verifyHostNames;

  private LinkTls(SslContext dialling, SslContext listening, boolean verifyHostNames) {
    this.dialling = dialling;
    this.listening = listening;
    this.verifyHostNames = verifyHostNames;
  }

  /**
   * Reads PEM files.
   *
   * @param certificates the node's certificate, followed by intermediate ones
   * @param privateKey its private key, PKCS #8 without password
   * @param trusted the authorities whose certificates are accepted
   * @param verifyHostNames whether the certificate of a dialled node must name the dialled host
   * @throws IOException if a file cannot be read or used; the message names the three files
   */
  public static LinkTls fromPem(
      Path certificates, Path privateKey, Path trusted, boolean verifyHostNames)
      throws IOException {
    try {
      return of(
          SslContextBuilder.forClient()
              .keyManager(certificates.toFile(), privateKey.toFile())
              .trustManager(trusted.toFile()),
          SslContextBuilder.forServer(certificates.toFile(), privateKey.toFile())
              .trustManager(trusted.toFile()),
          verifyHostNames);
    } catch (IllegalArgumentException unusable) {
      throw new IOException(
          "unusable TLS files "
              + certificates
              + ", "
              + privateKey
              + ", "
              + trusted
              + ": "
              + unusable.getMessage(),
          unusable);
    }
  }

  /**
   * Reads a key store that holds the node's key and certificate, and one that holds the
   * authorities; the two may be the same file. The type (PKCS12, JKS) is found by looking at the
   * file.
   *
   * @throws IOException if a store cannot be read or used; the message names it
   */
  public static LinkTls fromKeyStore(
      Path keyStore,
      String keyStorePassword,
      Path trustStore,
      String trustStorePassword,
      boolean verifyHostNames)
      throws IOException {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(load(keyStore, keyStorePassword), keyStorePassword.toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(load(trustStore, trustStorePassword));
      return of(
          SslContextBuilder.forClient().keyManager(keys).trustManager(trust),
          SslContextBuilder.forServer(keys).trustManager(trust),
          verifyHostNames);
    } catch (GeneralSecurityException unusable) {
      throw new IOException("unusable key store " + keyStore + " or " + trustStore, unusable);
    }
  }

  SslHandler dialling(Channel channel, String host, int port, long timeoutMillis) {
    return bounded(dialling.newHandler(channel.alloc(), host, port), timeoutMillis);
  }

  SslHandler listening(Channel channel, long timeoutMillis) {
    return bounded(listening.newHandler(channel.alloc()), timeoutMillis);
  }

  /** Whether the certificate of a dialled node must name the dialled host. */
  public boolean verifyHostNames() {
    return verifyHostNames;
  }

  private static SslHandler bounded(SslHandler handler, long timeoutMillis) {
    handler.setHandshakeTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
    return handler;
  }

  private static LinkTls of(
      SslContextBuilder dialling, SslContextBuilder listening, boolean verifyHostNames)
      throws IOException {
    SslContext client =
        dialling
            .protocols(PROTOCOL)
            .endpointIdentificationAlgorithm(verifyHostNames ? "HTTPS" : null)
            .build();
    SslContext server = listening.protocols(PROTOCOL).clientAuth(ClientAuth.REQUIRE).build();
    return new LinkTls(client, server, verifyHostNames);
  }

  private static KeyStore load(Path file, String password)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(in, password.toCharArray());
      return store;
    } catch (IOException unreadable) {
      throw new IOException(
          "key store " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }
}
