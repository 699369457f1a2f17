/**
 * The replicated registry. Each node is the only writer of its entry; {@link
 * io.actormesh.membership.registry.ReplicatedRegistry} sends it straight to every reachable member
 * until that member says that its own published snapshot holds it. Beside that, nodes compare what
 * they hold with one other member each second, so that an entry also travels where the direct way
 * failed. Merging keeps the higher revision: any order, any number of deliveries, same result.
 */
@NullMarked
package io.actormesh.membership.registry;

import org.jspecify.annotations.NullMarked;
