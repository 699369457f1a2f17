package io.actormesh.runtime.link;

/** Why a link could not bring a call to its end, seen from the caller's side. */
public enum LinkFailure {
  /** No connection could be made. */
  NOT_CONNECTED,
  /** The connection broke: the peer's process died, or the network said so. */
  BROKEN,
  /** The peer fell silent for longer than {@code link.dead-after}. */
  SILENT,
  /** The peer said that it will not serve this call (GOAWAY), or this node closed the link. */
  CLOSED,
  /** The peer grants no more calls, and the bounded wait for credit is full. */
  NO_CREDIT,
  /** The attempt's deadline passed. */
  DEADLINE
}
