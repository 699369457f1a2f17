/**
 * The settings of a service: typed, resolved from configuration, published so that they can be
 * swapped while serving.
 */
@NullMarked
package io.actormesh.runtime.policy;

import org.jspecify.annotations.NullMarked;
