/**
 * A shop of five services: {@link io.actormesh.samples.storefront.Checkout} takes an order, has
 * {@link io.actormesh.samples.storefront.Inventory} reserve the goods and {@link
 * io.actormesh.samples.storefront.Pricing} price them, which looks into the {@link
 * io.actormesh.samples.storefront.Catalog}. What happens to it is written down in {@link
 * io.actormesh.samples.storefront.Orders}, where it can be followed. Each is a plain typed actor;
 * {@link io.actormesh.samples.storefront.StorefrontApp} puts them on a node.
 */
@NullMarked
package io.actormesh.samples.storefront;

import org.jspecify.annotations.NullMarked;
