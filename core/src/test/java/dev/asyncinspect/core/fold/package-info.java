/** Tests of the fold. */
@NullMarked
package dev.asyncinspect.core.fold;

import org.jspecify.annotations.NullMarked;
