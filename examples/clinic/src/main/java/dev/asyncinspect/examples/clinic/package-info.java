/** A small program that hangs in one of many ways on request, and works on request. */
@NullMarked
package dev.asyncinspect.examples.clinic;

import org.jspecify.annotations.NullMarked;
