package io.actormesh.runtime.ingress.auth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A key set behind a URL. Redirects are not followed: the settings say whom to believe. */
final class HttpKeySource implements SignerKeySource {

  static final int MAX_BYTES = 1 << 20;

  private final HttpClient client;
  private final HttpRequest request;
  private final Duration timeout;

  HttpKeySource(URI uri, Duration timeout, Executor executor) {
    this.timeout = timeout;
    this.client = HttpClient.newBuilder().connectTimeout(timeout).executor(executor).build();
    this.request =
        HttpRequest.newBuilder(uri)
            .timeout(timeout)
            .header("Accept", "application/jwk-set+json, application/json")
            .build();
  }

  @Override
  public CompletionStage<byte[]> fetch() {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new Bounded());
    // The request's own time-out ends with the head; a body may trickle for ever.
    CompletableFuture<byte[]> body =
        answer.thenApply(HttpKeySource::body).orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    return body.whenComplete((done, failure) -> answer.cancel(true));
  }

  private static byte[] body(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException("it answered with status " + response.statusCode());
    }
    return response.body();
  }

  /** Collects a body, and gives up when it becomes too large. */
  private static final class Bounded implements BodySubscriber<byte[]> {

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      for (ByteBuffer part : parts) {
        if (bytes.size() + part.remaining() > MAX_BYTES) {
          if (subscription != null) {
            subscription.cancel();
          }
          body.completeExceptionally(new IOException("it is longer than " + MAX_BYTES + " bytes"));
          return;
        }
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
      }
    }

    @Override
    public void onError(Throwable failure) {
      body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      body.complete(bytes.toByteArray());
    }
  }
}
