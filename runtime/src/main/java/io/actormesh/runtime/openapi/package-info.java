/**
 * What the front door serves, as an OpenAPI document: made from the records of the contracts and,
 * where {@link io.actormesh.runtime.openapi.JavadocProcessor} has run, their Javadoc. And the page
 * that shows it.
 */
@NullMarked
package io.actormesh.runtime.openapi;

import org.jspecify.annotations.NullMarked;
