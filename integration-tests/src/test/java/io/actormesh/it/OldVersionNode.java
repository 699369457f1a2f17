package io.actormesh.it;

import io.actormesh.it.Versions.Asker;
import io.actormesh.it.Versions.Old;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.ServiceClients;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The main class of a JVM that has not been upgraded yet. */
public final class OldVersionNode {

  private OldVersionNode() {}

  public static void main(String[] args) {
    MeshNode node =
        MeshNode.builder()
            .host(Old.contract("quote-cbor"), Old::create)
            .host(Old.contract("quote-kryo"), Old::create)
            .hostWith(Asker.CONTRACT, OldVersionNode::asker)
            .start();
    System.out.println(node.name() + " has the old version");
  }

  private static Behavior<Asker.Command> asker(ServiceClients clients) {
    return Behaviors.setup(
        context ->
            Behaviors.receive(Asker.Command.class)
                .onMessage(
                    Asker.Ask.class,
                    ask -> {
                      context.pipeToSelf(
                          clients
                              .client(Old.contract(ask.service()))
                              .<Old.Priced>ask(r -> new Old.Price(ask.item(), r)),
                          (priced, failure) ->
                              new Asker.Back(
                                  ask.replyTo(), priced + " " + (failure == null ? "" : failure)));
                      return Behaviors.same();
                    })
                .onMessage(
                    Asker.Back.class,
                    back -> {
                      back.replyTo().tell(new Asker.Answer(back.text().strip()));
                      return Behaviors.same();
                    })
                .build());
  }
}
