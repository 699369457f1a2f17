package io.actormesh.samples.storefront;

/** The entry point of the storefront sample. */
public final class StorefrontApp {
  private StorefrontApp() {}

  public static void main(String[] args) {
    System.out.println("storefront: nothing to run yet");
  }
}
