/** Events in files: bounded, rotated, and readable up to the last byte that was written when the program was killed. */
@NullMarked
package dev.asyncinspect.core.recording;

import org.jspecify.annotations.NullMarked;
