/** Weaving of the program's own classes: methods with {@code @Trace}, and the recorder of a library that the program ships. */
@NullMarked
package dev.asyncinspect.weaving.program;

import org.jspecify.annotations.NullMarked;
