package io.actormesh.membership.consul;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Requests to the agent, with its token. Nothing waits longer than the time-out. */
final class ConsulHttp {

  private static final int OK = 200;

  private final ConsulSettings settings;
  private final Executor executor;
  private final HttpClient client;

  ConsulHttp(ConsulSettings settings, Executor executor) {
    this.settings = settings;
    this.executor = executor;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // Consul's cleartext port knows no upgrade, which would cost each connection a try.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .executor(executor);
    this.client =
        settings
            .authority()
            .map(pem -> Authorities.trusting("actormesh.consul.authority-file", pem))
            .map(builder::sslContext)
            .orElse(builder)
            .build();
  }

  URI address() {
    return settings.address();
  }

  /** The answer, whatever its status; or a {@link ConsulException} if there is none. */
  CompletionStage<HttpResponse<String>> ask(String method, String path, String body) {
    HttpRequest request;
    try {
      request = request(method, path, body);
    } catch (ConsulException e) {
      return CompletableFuture.failedFuture(e);
    }
    return client
        .sendAsync(request, BodyHandlers.ofString())
        // That of the request ends with the head of the answer.
        .orTimeout(2 * settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        // The client completes on a pool that starts a thread for each task on small machines.
        .whenCompleteAsync((response, failure) -> {}, executor)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    ConsulFaults.unanswered(settings.address(), failure)));
  }

  /** The answer with status 200, anything else is a {@link ConsulException}. */
  CompletionStage<HttpResponse<String>> accepted(String method, String path, String body) {
    return ask(method, path, body)
        .thenApply(
            response -> {
              if (response.statusCode() != OK) {
                throw ConsulFaults.answered(
                    method + " " + path, response.statusCode(), response.body());
              }
              return response;
            });
  }

  private HttpRequest request(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.address().resolve(path))
            .timeout(settings.timeout())
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    token().ifPresent(token -> request.header("X-Consul-Token", token));
    return request.build();
  }

  /** The token that goes with a request now. */
  Optional<String> token() {
    Optional<Path> file = settings.tokenFile();
    if (file.isEmpty()) {
      return settings.token();
    }
    try {
      // A small local file, in the page cache as a rule.
      return Optional.of(Files.readString(file.get()).strip());
    } catch (IOException e) {
      throw ConsulFaults.noToken(e);
    }
  }
}
