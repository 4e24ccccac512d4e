/** Heap dumps in HPROF form: their objects, threads and who reaches what. Knows nothing of locks or futures. */
@NullMarked
package dev.asyncinspect.sources.heap;

import org.jspecify.annotations.NullMarked;
