package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.DoorSecurity;
import io.actormesh.runtime.openapi.ApiInfo;
import io.actormesh.runtime.openapi.ApiRoute;
import io.actormesh.runtime.openapi.ApiSecurity;
import io.actormesh.runtime.openapi.DocsPage;
import io.actormesh.runtime.openapi.OpenApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the front door tells about itself: {@code /openapi.json}, and {@code /docs} where it is on.
 * A literal route of a service with the same path goes before it. Thread-safe.
 */
final class ApiPages {

  static final String DOCUMENT = "/openapi.json";

  private static final Logger LOG = LoggerFactory.getLogger(ApiPages.class);

  private final Map<String, WebPage> pages = new HashMap<>();
  private final RouteTable routes;
  private final IngressObserver observer;

  ApiPages(IngressSettings settings, RouteTable routes, IngressObserver observer) {
    this.routes = routes;
    this.observer = observer;
    ApiSettings api = settings.api();
    IdentityHashMap<Route<?>, RouteStream> streams = new IdentityHashMap<>();
    routes.services().forEach(service -> service.streams().forEach(streams::put));
    if (api.enabled()) {
      ApiInfo info =
          new ApiInfo(
              api.title(),
              api.version(),
              api.server(),
              settings.acceptPriority(),
              !settings.security().auth().required(),
              security(settings.security().auth()));
      add(
          DOCUMENT,
          ContentTypes.APPLICATION_JSON,
          () ->
              OpenApi.document(
                  info, routes.all().stream().map(r -> described(r, streams.get(r))).toList()),
          List.of());
    }
    if (api.docs()) {
      DocsPage.PATHS.forEach(
          path -> add(path, type(path), () -> DocsPage.content(path), docsHeaders()));
    }
  }

  /** The page of this path; null if there is none, or the request is no GET or HEAD. */
  @Nullable WebPage find(HttpRequest request) {
    if (request.method() != HttpMethods.GET && request.method() != HttpMethods.HEAD) {
      return null;
    }
    return pages.get(request.getUri().getPathString());
  }

  private void add(
      String path, ContentType type, Supplier<byte[]> content, List<HttpHeader> headers) {
    boolean taken =
        routes.all().stream()
            .anyMatch(r -> r.method() == RouteMethod.GET && r.template().text().equals(path));
    if (taken) {
      LOG.info("GET {} is a service's own route, the front door's page is left out", path);
      return;
    }
    String label = path.startsWith("/docs/") ? "GET /docs" : "GET " + path;
    pages.put(path, new WebPage(type, content, headers, observer.route(label)));
  }

  private static List<ApiSecurity> security(DoorSecurity.Auth auth) {
    List<ApiSecurity> ways = new ArrayList<>();
    if (auth.apiKeys().configured()) {
      ways.add(new ApiSecurity("apiKey", ApiSecurity.Kind.API_KEY, auth.apiKeys().header()));
    }
    if (auth.jwt().isPresent()) {
      ways.add(new ApiSecurity("bearer", ApiSecurity.Kind.JWT, ""));
    }
    return ways;
  }

  private static ApiRoute described(Route<?> route, @Nullable RouteStream stream) {
    return new ApiRoute(
        route.method().name(),
        route.template().text(),
        route.contract().name(),
        route.contract().protocol(),
        route.operation(),
        route.parameters(),
        List.copyOf(route.query()),
        route.method().takesBody(),
        stream == null ? Optional.empty() : stream.lastEventId());
  }

  private static List<HttpHeader> docsHeaders() {
    return List.of(
        RawHeader.create("Content-Security-Policy", DocsPage.POLICY),
        RawHeader.create("Referrer-Policy", "no-referrer"));
  }

  private static ContentType type(String path) {
    if (path.endsWith(".js")) {
      return ContentTypes.create(MediaTypes.APPLICATION_JAVASCRIPT, HttpCharsets.UTF_8);
    }
    return path.endsWith(".css")
        ? ContentTypes.create(MediaTypes.TEXT_CSS, HttpCharsets.UTF_8)
        : ContentTypes.TEXT_HTML_UTF8;
  }
}
