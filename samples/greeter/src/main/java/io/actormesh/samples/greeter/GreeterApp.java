package io.actormesh.samples.greeter;

/** The entry point of the greeter sample. */
public final class GreeterApp {
  private GreeterApp() {}

  public static void main(String[] args) {
    System.out.println("greeter: nothing to run yet");
  }
}
