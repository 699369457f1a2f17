package io.actormesh.runtime.ingress.auth;

/**
 * What access rules know of a route.
 *
 * @param method such as {@code GET}
 * @param template the path as declared, with its parameters' names and without its query
 */
public record GuardedRoute(String method, String template, String service, String operation) {}
