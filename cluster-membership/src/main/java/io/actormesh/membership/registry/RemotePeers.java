package io.actormesh.membership.registry;

import io.actormesh.membership.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;

/** Talks to the registries of other nodes, each found by its node's address under a fixed path. */
final class RemotePeers implements Peers {

  private final ActorRefResolver resolver;
  private final String prefix;
  private final String path;
  private final Map<NodeId, ActorRef<Command>> refs = new HashMap<>();

  /**
   * @param self address of this node, whose protocol and system name the peers share
   * @param path of the registry's actor within its system, such as {@code /system/name}
   */
  RemotePeers(ActorSystem<?> system, Address self, String path) {
    this.resolver = ActorRefResolver.get(system);
    this.prefix = self.protocol() + "://" + self.system() + "@";
    this.path = path;
  }

  @Override
  public void tell(NodeId peer, Word word) {
    refs.computeIfAbsent(peer, this::resolve).tell(new Envelope(word));
  }

  @Override
  public void retain(Set<NodeId> members) {
    refs.keySet().retainAll(members);
  }

  private ActorRef<Command> resolve(NodeId peer) {
    return resolver.resolveActorRef(prefix + peer.address() + path);
  }
}
