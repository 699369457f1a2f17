/**
 * A mesh of several JVMs, for tests of what only processes can suffer: {@link
 * io.actormesh.testkit.jvm.JvmMesh} starts them, {@link io.actormesh.testkit.jvm.JvmNode} is one of
 * them, to be killed, stopped and asked.
 */
@NullMarked
package io.actormesh.testkit.jvm;

import org.jspecify.annotations.NullMarked;
