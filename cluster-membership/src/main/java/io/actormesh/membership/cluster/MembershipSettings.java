package io.actormesh.membership.cluster;

import io.actormesh.membership.formation.FormationSettings;
import io.actormesh.membership.registry.RegistrySettings;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What a node's membership works with.
 *
 * @param formation how it joins
 * @param registry timing of the registry
 * @param clock for the age of things and for log lines; never compared with another node's
 * @param callbacks where all futures of {@link Membership} and its registry complete
 */
public record MembershipSettings(
    FormationSettings formation,
    RegistrySettings registry,
    InstantSource clock,
    Executor callbacks) {}
