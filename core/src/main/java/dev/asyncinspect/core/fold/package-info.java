/**
 * From events to what is known of each task. Depends on events only, so that a running program, a recording and a replay are folded by
 * the same code.
 */
@NullMarked
package dev.asyncinspect.core.fold;

import org.jspecify.annotations.NullMarked;
