package io.actormesh.runtime.ingress;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is logged as an error, or with a stack trace, while it is open. */
final class ErrorLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private final List<String> entries = new CopyOnWriteArrayList<>();

  ErrorLog() {
    start();
    ROOT.addAppender(this);
  }

  List<String> entries() {
    return entries;
  }

  @Override
  protected void append(ILoggingEvent event) {
    boolean error = event.getLevel().isGreaterOrEqual(Level.ERROR);
    boolean alarming =
        event.getLevel().isGreaterOrEqual(Level.WARN) && event.getThrowableProxy() != null;
    if (error || alarming) {
      entries.add(
          event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage());
    }
  }

  @Override
  public void close() {
    ROOT.detachAppender(this);
    stop();
  }
}
