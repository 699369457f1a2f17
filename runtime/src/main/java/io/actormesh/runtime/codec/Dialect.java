package io.actormesh.runtime.codec;

/** Who is at the other end of a Jackson stream. */
enum Dialect {
  /** Another node, perhaps of another version: tolerant of fields added and removed, compact. */
  WIRE,
  /** A client over HTTP: strict, so that its mistakes are named, and readable. */
  JSON
}
