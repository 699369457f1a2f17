package io.actormesh.runtime.ingress;

import io.actormesh.runtime.ingress.IngressObserver.RouteObserver;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Something that the front door serves by itself; made when it is first asked for. */
final class WebPage {

  private final ContentType type;
  private final Supplier<byte[]> content;
  private final List<HttpHeader> headers;
  private final RouteObserver observer;
  private volatile @Nullable HttpResponse made;

  WebPage(
      ContentType type,
      Supplier<byte[]> content,
      List<HttpHeader> headers,
      RouteObserver observer) {
    this.type = type;
    this.content = content;
    this.headers = List.copyOf(headers);
    this.observer = observer;
  }

  RouteObserver observer() {
    return observer;
  }

  /** The page, or 304 if the client has it. */
  HttpResponse answer(HttpRequest request) {
    HttpResponse whole = response();
    String tag = whole.getHeader("ETag").map(HttpHeader::value).orElse("");
    Optional<String> known = request.getHeader("If-None-Match").map(HttpHeader::value);
    return known.isPresent() && (known.get().contains(tag) || known.get().equals("*"))
        ? whole.withEntity(HttpEntities.EMPTY).withStatus(StatusCodes.NOT_MODIFIED)
        : whole;
  }

  private HttpResponse response() {
    HttpResponse known = made;
    if (known == null) {
      // Two first requests may both make it; they make the same.
      known = make();
      made = known;
    }
    return known;
  }

  private HttpResponse make() {
    byte[] bytes = content.get();
    List<HttpHeader> all = new ArrayList<>(headers);
    all.add(RawHeader.create("ETag", "\"" + digest(bytes) + "\""));
    // Kept, but asked about each time: the next version of the node may say something else.
    all.add(RawHeader.create("Cache-Control", "no-cache"));
    all.add(RawHeader.create("X-Content-Type-Options", "nosniff"));
    return HttpResponse.create()
        .withEntity(HttpEntities.create(type, ByteString.fromArrayUnsafe(bytes)))
        .withHeaders(all);
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("cannot happen: every JDK has SHA-256", impossible);
    }
  }
}
