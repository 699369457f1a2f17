package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.time.ZonedDateTime;
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

/** A protocol that has a field of every kind. */
final class Shop {
  static final ServiceContract<Command> CONTRACT = ServiceContract.of("shop", Command.class);

  private Shop() {}

  sealed interface Command {}

  record Small(String name, int count, ActorRef<Greeting> replyTo) implements Command {}

  record Order(
      UUID id,
      Basket basket,
      Payment payment,
      Optional<String> note,
      Map<String, BigDecimal> discounts,
      Map<Color, List<Integer>> stock,
      Map<Long, UUID> byNumber,
      Set<Color> colors,
      Page<Line> page,
      ActorRef<StatusReply<Receipt>> replyTo)
      implements Command {}

  record Numbers(
      boolean flag,
      byte tiny,
      short little,
      int normal,
      long big,
      float rough,
      double fine,
      char letter,
      @Nullable Integer box,
      @Nullable Double fineBox,
      BigInteger huge,
      BigDecimal exact,
      ActorRef<Done> replyTo)
      implements Command {}

  record Times(
      Instant instant,
      Duration duration,
      Period period,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      OffsetTime offsetTime,
      OffsetDateTime offsetDateTime,
      ZonedDateTime zoned,
      Year year,
      YearMonth yearMonth,
      MonthDay monthDay,
      ZoneId zone,
      ActorRef<Optional<Instant>> replyTo)
      implements Command {}

  @SuppressWarnings("ArrayRecordComponent") // arrays are supported, and so are tested
  record Arrays(byte[] bytes, int[] ints, double[] doubles, boolean[] flags, char[] letters)
      implements Command {}

  record Plant(Tree tree, ActorRef<Tree> replyTo) implements Command {}

  record Evaluate(Expression expression, ActorRef<Expression> replyTo) implements Command {}

  record Ping() implements Command {}

  record Sell(ActorRef<Line> replyTo) implements Command {}

  record Follow(
      String name,
      Source<Line, NotUsed> lines,
      boolean loud,
      ActorRef<StatusReply<Source<Payment, NotUsed>>> replyTo)
      implements Command {}

  record Ticks(Source<Optional<Integer>, NotUsed> numbers, ActorRef<Source<Done, NotUsed>> replyTo)
      implements Command {}

  record Greeting(String text) {}

  record Tree(String name, List<Tree> children, Optional<Tree> twin) {}

  record Basket(List<Line> lines) {}

  record Line(String item, int quantity, BigDecimal price) {}

  record Receipt(UUID id, BigDecimal total) {}

  record Page<T>(List<T> items, Optional<T> last, List<Optional<Integer>> marks) {}

  sealed interface Payment {}

  record CreditCard(String number, YearMonth expires) implements Payment {}

  record Cash() implements Payment {}

  sealed interface Expression {}

  record Literal(long value) implements Expression {}

  record Sum(Expression left, Expression right) implements Expression {}

  enum Color {
    RED,
    GREEN,
    BLUE
  }

  @SuppressWarnings("unchecked")
  static <M extends Command> Operation<Command> operation(Class<M> message) {
    return CONTRACT.operations().stream()
        .filter(operation -> operation.messageType() == message)
        .findFirst()
        .orElseThrow();
  }
}
