package io.actormesh.throttle.stream;

/** A stream carried more bytes than its {@link ByteLimit} allows. */
public final class ByteLimitExceeded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long limit;

  ByteLimitExceeded(long limit) {
    super("more than " + limit + " bytes", null, false, false);
    this.limit = limit;
  }

  /** The limit, in bytes. */
  public long limit() {
    return limit;
  }
}
