@NullMarked
package io.actormesh.runtime.admin;

import org.jspecify.annotations.NullMarked;
