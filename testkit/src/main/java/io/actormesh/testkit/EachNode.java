package io.actormesh.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the static method of a {@link MeshTest} class that describes its nodes: what they host and
 * expose. It takes the {@link io.actormesh.runtime.node.MeshNodeBuilder} of one node and, if it
 * likes, that node's place in the mesh as an {@code int}, from 0. It is called once for every node
 * that starts. Without one, nodes host nothing.
 *
 * <p>Configuration and environment are the kit's: what the method sets there is overwritten. Use
 * {@link MeshTest#config}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface EachNode {}
