/** A small program that hangs in every way a JVM can hang, on request; and works, on request. */
@NullMarked
package dev.asyncinspect.examples.clinic;

import org.jspecify.annotations.NullMarked;
