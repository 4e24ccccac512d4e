/** Measurements of whole processes, in interleaved pairs with their baseline twins. */
@NullMarked
package dev.asyncinspect.benchmarks;

import org.jspecify.annotations.NullMarked;
