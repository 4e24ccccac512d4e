/** Tests of the recorder. */
@NullMarked
package dev.asyncinspect.core.recorder;

import org.jspecify.annotations.NullMarked;
