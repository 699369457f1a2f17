package io.actormesh.membership.consul;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * What the mesh asks of a Consul agent. Every stage completes on the executor, within two
 * time-outs; those that fail do so with {@link ConsulException}. Thread-safe.
 */
public final class ConsulClient {

  private static final int OK = 200;

  /** A server that has been without a leader for longer than this knows nothing worth hearing. */
  private static final long MAX_STALENESS_MILLIS = 10_000;

  private final ConsulSettings settings;
  private final ConsulHttp http;

  /**
   * @throws io.actormesh.membership.MembershipException if the authorities' file cannot be used
   */
  public ConsulClient(ConsulSettings settings, Executor executor) {
    this.settings = settings;
    this.http = new ConsulHttp(settings, executor);
  }

  URI address() {
    return http.address();
  }

  /** The token that goes with a request now. */
  Optional<String> token() {
    return http.token();
  }

  /** Registers the entry with the agent, in place of what it may have of that id. */
  CompletionStage<Void> register(ConsulEntry entry, CheckState state) {
    String body = ConsulJson.registration(entry, state, settings);
    return put("/v1/agent/service/register?replace-existing-checks=true", body);
  }

  /** Feeds the entry's check; {@link ConsulException.Kind#UNKNOWN} if the agent has lost it. */
  CompletionStage<Void> update(ConsulEntry entry, CheckState state) {
    return put("/v1/agent/check/update/" + text(entry.checkId()), ConsulJson.update(state));
  }

  /** Takes the entry out of rotation, whatever its check says. */
  CompletionStage<Void> maintain(ConsulEntry entry, String reason) {
    String path = "/v1/agent/service/maintenance/" + text(entry.id());
    return put(path + "?enable=true&reason=" + text(reason), "");
  }

  CompletionStage<Void> deregister(ConsulEntry entry) {
    return put("/v1/agent/service/deregister/" + text(entry.id()), "");
  }

  /**
   * The places of a service whose checks pass. Empty means that there are none: a token that may
   * not see them fails with {@link ConsulException.Kind#FORBIDDEN}.
   */
  public CompletionStage<List<ConsulEntry>> passing(String service) {
    String datacenter = settings.datacenter().map(dc -> "&dc=" + text(dc)).orElse("");
    // Any server may answer, so that there are answers while a new leader is chosen.
    String path = "/v1/health/service/" + text(service) + "?passing=true&stale=" + datacenter;
    return http.accepted("GET", path, "")
        .thenApply(ConsulClient::fresh)
        .thenCompose(response -> seen(service, response));
  }

  private CompletionStage<List<ConsulEntry>> seen(String service, HttpResponse<String> response) {
    List<ConsulEntry> entries = ConsulJson.entries(response.body());
    if (!entries.isEmpty()) {
      return CompletableFuture.completedFuture(entries);
    }
    if (header(response, "X-Consul-Results-Filtered-By-ACLs").equals("true")) {
      return CompletableFuture.failedFuture(hidden(service, "read rules"));
    }
    // Releases that do not say so filter in silence.
    return http.ask("POST", "/v1/internal/acl/authorize", ConsulJson.questions(service))
        .thenApply(answer -> empty(service, answer));
  }

  private static List<ConsulEntry> empty(String service, HttpResponse<String> rights) {
    // Without access control, and where this cannot be asked, empty is empty.
    List<String> denied = rights.statusCode() == OK ? ConsulJson.denied(rights.body()) : List.of();
    if (!denied.isEmpty()) {
      throw hidden(service, String.join(" and ", denied));
    }
    return List.of();
  }

  private static ConsulException hidden(String service, String lacking) {
    return ConsulFaults.forbidden(
        "Consul shows no '" + service + "', but the token lacks " + lacking);
  }

  private static HttpResponse<String> fresh(HttpResponse<String> response) {
    String contact = header(response, "X-Consul-LastContact");
    if (header(response, "X-Consul-KnownLeader").equals("false")
        && contact.matches("\\d{1,18}")
        && Long.parseLong(contact) > MAX_STALENESS_MILLIS) {
      throw ConsulFaults.answered(
          "The look-up", 500, "this server has had no leader for " + contact + " ms");
    }
    return response;
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private CompletionStage<Void> put(String path, String body) {
    return http.accepted("PUT", path, body).thenApply(response -> null);
  }

  private static String text(String plain) {
    return URLEncoder.encode(plain, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
