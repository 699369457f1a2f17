@NullMarked
package io.actormesh.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
