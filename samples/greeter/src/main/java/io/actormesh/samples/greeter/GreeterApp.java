package io.actormesh.samples.greeter;

import io.actormesh.runtime.node.MeshNode;
import io.actormesh.samples.greeter.Greeter.Greet;
import io.actormesh.samples.greeter.Greeter.Greeting;

/** A node that hosts the service, lets HTTP callers in, and greets whom it is given. */
public final class GreeterApp {
  private GreeterApp() {}

  public static void main(String[] args) {
    MeshNode node =
        MeshNode.builder()
            .host(Greeter.CONTRACT, Greeter::create)
            .expose(Greeter.CONTRACT, http -> http.get("/greet/{name}", Greet.class))
            .start();
    for (String name : args) {
      var greeting = node.client(Greeter.CONTRACT).<Greeting>ask(r -> new Greet(name, r));
      System.out.println(greeting.join().text());
    }
  }
}
