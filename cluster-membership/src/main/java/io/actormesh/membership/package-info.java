/**
 * Who is in the mesh and what they offer. {@link io.actormesh.membership.Registry} holds one {@link
 * io.actormesh.membership.NodeEntry} per node and publishes {@link
 * io.actormesh.membership.RegistrySnapshot}s; {@link io.actormesh.membership.MembershipView} says
 * which nodes are members and reachable. All values here are immutable plain Java; the actors that
 * keep them current live in the sub-packages.
 */
@NullMarked
package io.actormesh.membership;

import org.jspecify.annotations.NullMarked;
