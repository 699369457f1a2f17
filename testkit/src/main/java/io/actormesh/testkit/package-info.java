/**
 * A mesh in one JVM, for users' tests and for ours: {@link io.actormesh.testkit.MeshTest} puts one
 * around a test class, {@link io.actormesh.testkit.MeshCluster} is what the tests hold of it.
 */
@NullMarked
package io.actormesh.testkit;

import org.jspecify.annotations.NullMarked;
