package io.actormesh.runtime.ingress;

import org.apache.pekko.event.LoggingAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Pekko logs what becomes of HTTP/1.1 connections. It calls it an error that a stream is cut;
 * that is how its client is to see that something is missing, and why has been logged and counted.
 */
final class CutStreamLog implements LoggingAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(HttpStacks.class);

  private final LoggingAdapter all;

  CutStreamLog(LoggingAdapter all) {
    this.all = all;
  }

  @Override
  public boolean isErrorEnabled() {
    return all.isErrorEnabled();
  }

  @Override
  public boolean isWarningEnabled() {
    return all.isWarningEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return all.isInfoEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return all.isDebugEnabled();
  }

  @Override
  public void notifyError(String message) {
    all.notifyError(message);
  }

  @Override
  public void notifyError(Throwable cause, String message) {
    if (cause instanceof CutStreamException) {
      LOG.debug("{}", message);
    } else {
      all.notifyError(cause, message);
    }
  }

  @Override
  public void notifyWarning(String message) {
    all.notifyWarning(message);
  }

  @Override
  public void notifyInfo(String message) {
    all.notifyInfo(message);
  }

  @Override
  public void notifyDebug(String message) {
    all.notifyDebug(message);
  }
}
