/** Tests of tracked locks and channels. */
@NullMarked
package dev.asyncinspect.core.sync;

import org.jspecify.annotations.NullMarked;
