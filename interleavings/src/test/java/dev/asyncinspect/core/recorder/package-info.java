/** Interleavings of the recorder's threads. */
@NullMarked
package dev.asyncinspect.core.recorder;

import org.jspecify.annotations.NullMarked;
