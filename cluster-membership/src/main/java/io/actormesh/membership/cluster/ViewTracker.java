package io.actormesh.membership.cluster;

import io.actormesh.membership.Member;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.publication.Published;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.ReachabilityEvent;
import org.apache.pekko.cluster.ClusterEvent.UnreachableMember;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Turns the cluster's events into published views. */
final class ViewTracker extends AbstractBehavior<ClusterDomainEvent> {

  private final Published<MembershipView> published;
  private final InstantSource clock;

  private ViewTracker(
      ActorContext<ClusterDomainEvent> context,
      Published<MembershipView> published,
      InstantSource clock) {
    super(context);
    this.published = published;
    this.clock = clock;
  }

  static Behavior<ClusterDomainEvent> create(
      Published<MembershipView> published, InstantSource clock) {
    return Behaviors.setup(
        context -> {
          // One subscription for both kinds of events, so that they come in their order.
          Cluster.get(context.getSystem())
              .subscriptions()
              .tell(new Subscribe<>(context.getSelf(), ClusterDomainEvent.class));
          return new ViewTracker(context, published, clock);
        });
  }

  @Override
  public Receive<ClusterDomainEvent> createReceive() {
    return newReceiveBuilder()
        .onMessage(MemberRemoved.class, this::onRemoved)
        .onMessage(MemberEvent.class, this::onMember)
        .onMessage(ReachabilityEvent.class, this::onReachability)
        .onAnyMessage(other -> this)
        .build();
  }

  private Behavior<ClusterDomainEvent> onRemoved(MemberRemoved event) {
    return publish(view().without(PekkoMembers.id(event.member())));
  }

  private Behavior<ClusterDomainEvent> onMember(MemberEvent event) {
    Member known = known(event.member());
    return publish(
        view().with(known.withStatus(PekkoMembers.status(event.member()), clock.instant())));
  }

  private Behavior<ClusterDomainEvent> onReachability(ReachabilityEvent event) {
    boolean reachable = !(event instanceof UnreachableMember);
    return publish(view().with(known(event.member()).withReachable(reachable, clock.instant())));
  }

  private Member known(org.apache.pekko.cluster.Member member) {
    NodeId id = PekkoMembers.id(member);
    return view().member(id).orElseGet(() -> PekkoMembers.member(member, clock.instant()));
  }

  private Behavior<ClusterDomainEvent> publish(MembershipView next) {
    MemberLog.log(view(), next);
    published.publish(next);
    return this;
  }

  private MembershipView view() {
    return published.get();
  }
}
