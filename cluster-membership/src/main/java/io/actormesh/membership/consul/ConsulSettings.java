package io.actormesh.membership.consul;

import com.typesafe.config.Config;
import io.actormesh.membership.MembershipException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a node reaches Consul and what it keeps there: {@code actormesh.consul}.
 *
 * @param address of the agent of this machine, such as {@code https://127.0.0.1:8501}
 * @param token that goes with every request; empty for the anonymous one
 * @param tokenFile where the token is read instead, before each request, so that it can be replaced
 * @param datacenter that is looked up in; empty for the agent's own
 * @param authority PEM file of the certificates that Consul's must be signed by; empty for those
 *     that Java trusts
 * @param timeout of one request
 * @param checkTtl how long an entry stays in rotation without a word from its node
 * @param deregisterAfter how long after that it is removed; Consul needs a minute at least
 * @param publish whether exposed services are registered
 * @param tags of published services
 */
public record ConsulSettings(
    URI address,
    Optional<String> token,
    Optional<Path> tokenFile,
    Optional<String> datacenter,
    Optional<Path> authority,
    Duration timeout,
    Duration checkTtl,
    Duration deregisterAfter,
    boolean publish,
    List<String> tags) {

  public ConsulSettings {
    tags = List.copyOf(tags);
    if (!("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
        || address.getHost() == null) {
      throw new MembershipException(
          "actormesh.consul.address: '" + address + "' is no URL of an agent.",
          "Write it as http://127.0.0.1:8500.");
    }
  }

  /** The settings of the object {@code actormesh.consul}. */
  public static ConsulSettings from(Config consul) {
    return new ConsulSettings(
        URI.create(consul.getString("address")),
        nonEmpty(consul, "token"),
        nonEmpty(consul, "token-file").map(Path::of),
        nonEmpty(consul, "datacenter"),
        nonEmpty(consul, "authority-file").map(Path::of),
        consul.getDuration("timeout"),
        consul.getDuration("check-ttl"),
        consul.getDuration("deregister-after"),
        consul.getBoolean("publish"),
        consul.getStringList("tags"));
  }

  private static Optional<String> nonEmpty(Config config, String key) {
    return Optional.of(config.getString(key)).filter(Predicate.not(String::isEmpty));
  }
}
