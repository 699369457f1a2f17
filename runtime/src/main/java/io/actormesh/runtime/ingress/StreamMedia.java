package io.actormesh.runtime.ingress;

import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.MediaTypes;

/** What streams of replies can be written as; of those a client likes equally, the first is it. */
enum StreamMedia {
  NDJSON("application", "x-ndjson"),
  JSON_LINES("application", "jsonl"),
  EVENTS("text", "event-stream"),
  JSON_ARRAY("application", "json");

  private static final ContentType NDJSON_TYPE = application(NDJSON);
  private static final ContentType JSON_LINES_TYPE = application(JSON_LINES);
  private static final ContentType EVENTS_TYPE = ContentTypes.create(MediaTypes.TEXT_EVENT_STREAM);

  private final String mainType;
  private final String subType;

  StreamMedia(String mainType, String subType) {
    this.mainType = mainType;
    this.subType = subType;
  }

  ContentType contentType() {
    return switch (this) {
      case NDJSON -> NDJSON_TYPE;
      case JSON_LINES -> JSON_LINES_TYPE;
      case EVENTS -> EVENTS_TYPE;
      case JSON_ARRAY -> ContentTypes.APPLICATION_JSON;
    };
  }

  String mainType() {
    return mainType;
  }

  String subType() {
    return subType;
  }

  private static ContentType application(StreamMedia media) {
    return ContentTypes.create(
        MediaTypes.applicationWithFixedCharset(media.subType, HttpCharsets.UTF_8));
  }
}
