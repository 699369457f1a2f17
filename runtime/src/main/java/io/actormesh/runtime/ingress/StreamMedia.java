package io.actormesh.runtime.ingress;

import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.MediaType;
import org.apache.pekko.http.javadsl.model.MediaTypes;

/** What streams of replies can be written as; of those a client likes equally, the first is it. */
enum StreamMedia {
  NDJSON(application("x-ndjson")),
  JSON_LINES(application("jsonl")),
  EVENTS(MediaTypes.TEXT_EVENT_STREAM),
  JSON_ARRAY(MediaTypes.APPLICATION_JSON);

  private final MediaType.WithFixedCharset media;
  private final ContentType contentType;

  StreamMedia(MediaType.WithFixedCharset media) {
    this.media = media;
    this.contentType = ContentTypes.create(media);
  }

  ContentType contentType() {
    return contentType;
  }

  String mainType() {
    return media.mainType();
  }

  String subType() {
    return media.subType();
  }

  private static MediaType.WithFixedCharset application(String subType) {
    return MediaTypes.applicationWithFixedCharset(subType, HttpCharsets.UTF_8);
  }
}
