package io.actormesh.runtime.ingress.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** API keys by their hashes. Immutable. */
final class KeyTable {

  /**
   * One key.
   *
   * @param sha256 its hash in hexadecimal
   */
  record Entry(String identity, String sha256, Set<String> roles) {}

  private static final class Key {
    final byte[] digest;
    final Caller caller;

    Key(byte[] digest, Caller caller) {
      this.digest = digest;
      this.caller = caller;
    }
  }

  private final List<Key> keys;

  KeyTable(List<Entry> entries) {
    keys =
        entries.stream()
            .map(
                entry ->
                    new Key(
                        HexFormat.of().parseHex(entry.sha256()),
                        new Caller(entry.identity(), entry.roles(), Set.of())))
            .toList();
  }

  /** Who has the key, or null. Takes as long whether the key is known or not. */
  @Nullable Caller find(String key) {
    byte[] digest = sha256(key);
    Caller found = null;
    for (Key one : keys) {
      if (MessageDigest.isEqual(one.digest, digest)) {
        found = one.caller;
      }
    }
    return found;
  }

  /** Whether a key stands for the identity: then no token may. */
  boolean names(String identity) {
    for (Key one : keys) {
      if (one.caller.identity().equals(identity)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
