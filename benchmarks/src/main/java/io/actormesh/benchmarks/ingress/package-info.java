/** HTTP through the front door to two other JVMs, beside a bare Pekko HTTP server. */
@NullMarked
package io.actormesh.benchmarks.ingress;

import org.jspecify.annotations.NullMarked;
