package io.actormesh.runtime.openapi;

import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** Every kind of component, message and reply. */
final class Zoo {
  static final ServiceContract<Command> CONTRACT = ServiceContract.of("zoo", Command.class);

  private Zoo() {}

  sealed interface Command {}

  record Numbers(
      boolean a,
      byte b,
      short c,
      int d,
      long e,
      float f,
      double g,
      char h,
      Integer boxed,
      BigInteger big,
      BigDecimal exact,
      ActorRef<Numbers2> replyTo)
      implements Command {}

  record Numbers2(@Nullable Long maybe, @Nullable DayOfWeek day, Optional<DayOfWeek> other) {}

  record Times(
      Instant a,
      Duration b,
      Period c,
      LocalDate d,
      LocalTime e,
      LocalDateTime f,
      OffsetTime g,
      OffsetDateTime h,
      ZonedDateTime i,
      Year j,
      YearMonth k,
      MonthDay l,
      ZoneId m,
      ZoneOffset n,
      UUID o,
      ActorRef<StatusReply<Done>> replyTo)
      implements Command {}

  @SuppressWarnings("ArrayRecordComponent") // codecs carry them
  record Arrays(
      byte[] bytes, char[] chars, int[] ints, double[] doubles, boolean[] flags, String text)
      implements Command {}

  record Collections(
      List<Tree> trees,
      Set<DayOfWeek> days,
      Map<String, List<Integer>> byName,
      Map<DayOfWeek, Pay> byDay,
      Map<UUID, Optional<String>> byId,
      Map<Integer, Long> byNumber,
      ActorRef<Page<Tree>> replyTo)
      implements Command {}

  record Tree(String name, List<Tree> children, Optional<Tree> parent) {}

  record Page<T>(List<T> items, @Nullable String next) {}

  sealed interface Pay {}

  record CreditCard(String number) implements Pay {}

  record Split(Pay first, Optional<Pay> second) implements Pay {}

  record Twins(Line mine, Other.Line theirs, ActorRef<Page<String>> replyTo) implements Command {}

  record Line(int a) {}

  static final class Other {
    private Other() {}

    record Line(String b) {}
  }

  @Deprecated
  record Old(int from, ActorRef<StatusReply<String>> replyTo) implements Command {}

  record Picky(int percent, ActorRef<Done> replyTo) implements Command {
    Picky {
      if (percent < 50) {
        throw new IllegalArgumentException("percent is below 50");
      }
    }
  }

  record Watch(String id, ActorRef<Source<Tree, NotUsed>> replyTo) implements Command {}

  record Upload(String id, Source<Line, NotUsed> lines, ActorRef<StatusReply<Long>> replyTo)
      implements Command {}

  record Empty(ActorRef<Done> replyTo) implements Command {}

  record Find(String id, List<DayOfWeek> days, Optional<Integer> limit, ActorRef<String> replyTo)
      implements Command {}

  /** By convention, and some more. */
  static List<ApiRoute> routes() {
    List<ApiRoute> routes = new ArrayList<>();
    for (Operation<?> operation : CONTRACT.operations()) {
      List<String> query =
          operation.streamsArgument()
              ? operation.fields().stream().map(field -> field.name()).toList()
              : List.of();
      routes.add(route("POST", "/zoo/" + operation.name(), operation, List.of(), query));
    }
    Operation<?> find = CONTRACT.operation("find").orElseThrow();
    Operation<?> old = CONTRACT.operation("old").orElseThrow();
    routes.add(route("GET", "/find/{id}", find, List.of("id"), List.of("days", "limit")));
    routes.add(route("PUT", "/find/{from}", old, List.of("from"), List.of()));
    routes.add(route("PATCH", "/find", find, List.of(), List.of("limit")));
    return routes;
  }

  private static ApiRoute route(
      String method, String path, Operation<?> operation, List<String> inPath, List<String> query) {
    boolean body = !method.equals("GET") && !method.equals("DELETE");
    return new ApiRoute(
        method, path, "zoo", Command.class, operation, inPath, query, body, Optional.empty());
  }
}
