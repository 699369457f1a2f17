package io.actormesh.runtime.contract;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.actormesh.runtime.call.Priority;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sets what the record of an operation cannot say. Not thread-safe. */
public final class OperationBuilder {
  private @Nullable String name;
  private boolean idempotent;
  private @Nullable Duration deadline;
  private @Nullable Priority priority;

  OperationBuilder() {}

  /**
   * The name on the wire. Default: the record's simple name in kebab case, {@code ReserveStock} is
   * {@code reserve-stock}.
   *
   * @param operationName of the form {@code [a-z][a-z0-9-]{0,62}}
   */
  @CanIgnoreReturnValue
  public OperationBuilder named(String operationName) {
    name = operationName;
    return this;
  }

  /**
   * Running it twice does no more than running it once. Only then is a call sent again that may
   * have been started. Default: it is not.
   */
  @CanIgnoreReturnValue
  public OperationBuilder idempotent() {
    idempotent = true;
    return this;
  }

  /** How long a call may take in all, unless the caller or a policy says otherwise; positive. */
  @CanIgnoreReturnValue
  public OperationBuilder deadline(Duration longest) {
    deadline = longest;
    return this;
  }

  /** How important calls are, unless the caller says otherwise. */
  @CanIgnoreReturnValue
  public OperationBuilder priority(Priority importance) {
    priority = importance;
    return this;
  }

  OperationSettings settingsFor(Class<?> messageType, Findings findings) {
    String chosen = name == null ? WireNames.kebab(messageType.getSimpleName()) : name;
    if (!WireNames.isValid(chosen)) {
      findings.add(
          messageType.getSimpleName(),
          "operation name '" + chosen + "' is not of the form " + WireNames.SYNTAX,
          "name it with operation("
              + messageType.getSimpleName()
              + ".class, op -> op.named(\"…\"))");
    }
    if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
      findings.add(
          messageType.getSimpleName(),
          "deadline " + deadline + " is not positive",
          "give a longer one");
    }
    return new OperationSettings(chosen, idempotent, deadline, priority);
  }
}
