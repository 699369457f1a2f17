/** What users touch: the node, contracts, clients, hosts, links, codecs, and the HTTP ingress. */
@CheckReturnValue
@NullMarked
package io.actormesh.runtime;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
