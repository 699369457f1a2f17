/**
 * The replicated registry. Each node is the only writer of its entry; {@link
 * io.actormesh.membership.registry.ReplicatedRegistry} sends it straight to every reachable member
 * until that member says that its own published snapshot holds it. Beside that, the entries are
 * kept in Distributed Data, whose replicas bring them to late joiners and wherever the direct way
 * failed. Merging keeps the higher revision: any order, any number of deliveries, same result.
 */
@NullMarked
package io.actormesh.membership.registry;

import org.jspecify.annotations.NullMarked;
