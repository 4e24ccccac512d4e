/** Pools of well-known libraries in a heap, read by the names of their fields, without these libraries. */
@NullMarked
package dev.asyncinspect.sources.pools;

import org.jspecify.annotations.NullMarked;
