/** Fails the test that hangs, deadlocks, leaves threads behind or loses a failure, and says why. */
@NullMarked
package dev.asyncinspect.junit;

import org.jspecify.annotations.NullMarked;
