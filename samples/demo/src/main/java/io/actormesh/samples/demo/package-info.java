/**
 * Drives the demo: starts three nodes of the shop as processes of their own, shops over HTTP, has
 * nodes die and leave meanwhile, and reports whether the mesh kept its promises. An {@link
 * io.actormesh.samples.demo.Act} is a part of the play; {@link io.actormesh.samples.demo.Report} is
 * what becomes of it.
 */
@NullMarked
package io.actormesh.samples.demo;

import org.jspecify.annotations.NullMarked;
