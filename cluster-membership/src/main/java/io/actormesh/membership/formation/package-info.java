/**
 * How a node finds the cluster. A {@link io.actormesh.membership.formation.FormationMethod} names
 * contact points; {@link io.actormesh.membership.formation.Joiner} joins through them, or says in a
 * {@link io.actormesh.membership.formation.JoinFailed} why it could not.
 */
@NullMarked
package io.actormesh.membership.formation;

import org.jspecify.annotations.NullMarked;
