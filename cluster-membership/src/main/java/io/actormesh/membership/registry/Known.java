package io.actormesh.membership.registry;

import io.actormesh.membership.NodeId;

/** Which version of a node's entry somebody holds. */
record Known(NodeId node, long revision) {}
