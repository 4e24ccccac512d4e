/**
 * The wire: the bytes in which rows and orders cross from an observed JVM to whoever looks at it, and the socket they cross
 * on. One class owns the layout ({@link dev.asyncinspect.core.wire.WireLayout}); the writer and the reader share it.
 */
@NullMarked
package dev.asyncinspect.core.wire;

import org.jspecify.annotations.NullMarked;
