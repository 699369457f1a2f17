package io.actormesh.runtime.ingress;

import org.apache.pekko.event.LoggingAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Pekko logs what it cannot read of an HTTP/2 connection. It calls that errors; they are its
 * client's, and strangers must not fill the log with them.
 */
final class ClientFaultLog implements LoggingAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(HttpStacks.class);

  @Override
  public boolean isErrorEnabled() {
    return LOG.isDebugEnabled();
  }

  @Override
  public boolean isWarningEnabled() {
    return LOG.isWarnEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return LOG.isDebugEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return LOG.isDebugEnabled();
  }

  @Override
  public void notifyError(String message) {
    LOG.debug("{}", message);
  }

  @Override
  public void notifyError(Throwable cause, String message) {
    LOG.debug("{}", message, cause);
  }

  @Override
  public void notifyWarning(String message) {
    LOG.warn("{}", message);
  }

  @Override
  public void notifyInfo(String message) {
    LOG.debug("{}", message);
  }

  @Override
  public void notifyDebug(String message) {
    LOG.debug("{}", message);
  }
}
