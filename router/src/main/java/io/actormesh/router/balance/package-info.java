/** The choice of one endpoint out of the candidates: one balancer a class, plain Java. */
@NullMarked
package io.actormesh.router.balance;

import org.jspecify.annotations.NullMarked;
