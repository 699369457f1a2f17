package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.Finding;
import io.actormesh.runtime.telemetry.CertificateFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front door's TLS: 1.2 and 1.3, and of 1.2 only what has forward secrecy and authenticated
 * encryption. New connections get the certificate that was loaded last; those that are open go on
 * with theirs. Thread-safe.
 */
final class DoorTls {

  private static final Logger LOG = LoggerFactory.getLogger(DoorTls.class);
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] CIPHERS = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  };
  private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

  private final TlsSettings settings;
  private final String[] applicationProtocols;
  private final InstantSource clock;
  private volatile Loaded loaded;
  private volatile CertificateFigures figures;

  /** Why the files as they are now cannot be used. */
  private volatile @Nullable String trouble;

  /** What the files held when they were last read, usable or not. */
  private String seen;

  /** What they held at the last look: whoever replaces two files is given until the next. */
  private String changing;

  private Instant warned = Instant.MIN;

  private record Loaded(SSLContext context, Instant expiry) {}

  private DoorTls(
      TlsSettings settings, boolean http2, InstantSource clock, Loaded loaded, String seen) {
    this.settings = settings;
    this.applicationProtocols = http2 ? new String[] {"h2", "http/1.1"} : new String[] {"http/1.1"};
    this.clock = clock;
    this.loaded = loaded;
    this.seen = seen;
    this.changing = seen;
    this.figures = new CertificateFigures(loaded.expiry(), 0, false);
  }

  /**
   * What is wrong with the files, before anything is started with them.
   *
   * @return one error, or nothing
   */
  static List<Finding> check(TlsSettings settings, InstantSource clock) {
    try {
      var unused = TlsIdentity.read(settings, clock.instant());
      return List.of();
    } catch (TlsFileException unusable) {
      return List.of(Finding.error(unusable.part().path(), "", unusable.problem(), unusable.fix()));
    }
  }

  /**
   * Loads the files.
   *
   * @throws IllegalStateException if they cannot be used, with what to do about it
   */
  static DoorTls load(TlsSettings settings, boolean http2, InstantSource clock) {
    String seen = content(settings);
    try {
      Loaded loaded = load(settings, clock.instant());
      DoorTls tls = new DoorTls(settings, http2, clock, loaded, seen);
      tls.warnOfExpiry();
      return tls;
    } catch (TlsFileException unusable) {
      throw new IllegalStateException(
          unusable.part().path() + ": " + unusable.problem() + ". " + unusable.fix() + ".",
          unusable);
    }
  }

  /** An engine for one connection. */
  SSLEngine engine() {
    SSLEngine engine = loaded.context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(CIPHERS);
    parameters.setUseCipherSuitesOrder(true);
    parameters.setApplicationProtocols(applicationProtocols);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** For the metrics. */
  CertificateFigures figures() {
    return figures;
  }

  /** Why somebody should look at the files; nothing if all is well. */
  List<String> warnings() {
    List<String> all = new ArrayList<>();
    CertificateFigures now = figures;
    String unusable = trouble;
    if (unusable != null) {
      all.add(
          "The certificate that expires at "
              + now.expiry()
              + " stays in use, because "
              + unusable
              + ".");
    }
    if (clock.instant().isAfter(now.expiry().minus(settings.warnBefore()))) {
      all.add("The certificate " + settings.certificate() + " expires at " + now.expiry() + ".");
    }
    return all;
  }

  TlsSettings settings() {
    return settings;
  }

  /**
   * Looks whether the files have changed, and takes what they hold if it is the same at two looks
   * and can be used. Reads files: not for threads that must not block.
   */
  synchronized void refresh() {
    String now = content(settings);
    if (!now.equals(seen) && now.equals(changing)) {
      seen = now;
      reload();
    }
    changing = now;
    warnOfExpiry();
  }

  private void reload() {
    CertificateFigures before = figures;
    try {
      loaded = load(settings, clock.instant());
      figures = new CertificateFigures(loaded.expiry(), before.reloads() + 1, false);
      trouble = null;
      LOG.info("New connections get the certificate that expires at {}", loaded.expiry());
    } catch (TlsFileException unusable) {
      figures = new CertificateFigures(before.expiry(), before.reloads(), true);
      trouble = unusable.problem();
      LOG.error(
          "The front door keeps its certificate, which expires at {}, because {}. {}.",
          before.expiry(),
          unusable.problem(),
          unusable.fix());
    }
  }

  private void warnOfExpiry() {
    Instant now = clock.instant();
    Instant expiry = loaded.expiry();
    boolean soon = now.isAfter(expiry.minus(settings.warnBefore()));
    if (soon && (warned.equals(Instant.MIN) || now.isAfter(warned.plus(BETWEEN_WARNINGS)))) {
      warned = now;
      LOG.warn(
          "The front door's certificate {} expires at {}: replace the file, it is loaded without a"
              + " restart",
          settings.certificate(),
          expiry);
    }
  }

  private static Loaded load(TlsSettings settings, Instant now) throws TlsFileException {
    TlsIdentity identity = TlsIdentity.read(settings, now);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      char[] noPassword = new char[0];
      store.setKeyEntry("door", identity.key(), noPassword, identity.certificates());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, noPassword);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return new Loaded(context, identity.expiry());
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("this Java runtime cannot do TLS", impossible);
    }
  }

  /** A digest of both files, or that they cannot be read. */
  private static String content(TlsSettings settings) {
    return digest(settings.certificate()) + digest(settings.key());
  }

  private static String digest(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException unreadable) {
      return "unreadable";
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this Java runtime knows no SHA-256", impossible);
    }
  }
}
