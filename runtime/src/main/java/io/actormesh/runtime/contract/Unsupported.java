package io.actormesh.runtime.contract;

import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** Why a type cannot travel, and what to use in its place. */
final class Unsupported {
  private static final Set<Class<?>> PRIMITIVE_OPTIONALS =
      Set.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  private Unsupported() {}

  static void report(Class<?> type, String where, Findings findings) {
    findings.add(where, "no codec can carry " + kind(type) + " " + name(type), fix(type));
  }

  private static String kind(Class<?> type) {
    if (Throwable.class.isAssignableFrom(type)) {
      return "the throwable";
    }
    return type.isInterface() ? "the interface" : type.isArray() ? "the array" : "the class";
  }

  private static String name(Class<?> type) {
    return type.getSimpleName();
  }

  private static String fix(Class<?> type) {
    if (ActorRef.class.isAssignableFrom(type)) {
      return "an ActorRef can only be the reply component of a message; call the other service by"
          + " its name instead";
    }
    if (StreamTypes.isSource(type)) {
      return "a Source can only be the reply or a component of a message itself, as"
          + " ActorRef<Source<T, NotUsed>> or Source<T, NotUsed>; what it carries is no stream";
    }
    if (StreamTypes.isOtherStream(type)) {
      return "use " + StreamTypes.EXPECTED;
    }
    return valueFix(type).orElseGet(() -> structuralFix(type));
  }

  private static Optional<String> valueFix(Class<?> type) {
    if (type == Object.class) {
      return Optional.of("name a record, or a sealed interface of records");
    }
    if (Throwable.class.isAssignableFrom(type)) {
      return Optional.of("send an error record, or reply with StatusReply.error");
    }
    if (PRIMITIVE_OPTIONALS.contains(type)) {
      return Optional.of("use Optional of the number's box");
    }
    if (Date.class.isAssignableFrom(type)) {
      return Optional.of("use java.time.Instant");
    }
    return Optional.empty();
  }

  private static String structuralFix(Class<?> type) {
    if (type.isArray() || Collection.class.isAssignableFrom(type) || type == Iterable.class) {
      return "use List<…> or Set<…>";
    }
    if (Map.class.isAssignableFrom(type)) {
      return "use Map<…>";
    }
    if (type.getName().startsWith("java.") || type.getName().startsWith("org.apache.pekko.")) {
      return "send the data it stands for, as a record";
    }
    return type.isInterface()
        ? "make it a sealed interface of records"
        : "make it a record of the data it holds";
  }
}
