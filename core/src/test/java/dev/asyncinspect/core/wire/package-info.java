/** Tests of the wire. */
@NullMarked
package dev.asyncinspect.core.wire;

import org.jspecify.annotations.NullMarked;
