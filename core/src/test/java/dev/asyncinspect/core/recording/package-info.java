/** Tests of recordings. */
@NullMarked
package dev.asyncinspect.core.recording;

import org.jspecify.annotations.NullMarked;
