/** Tests of the sources. */
@NullMarked
package dev.asyncinspect.sources;

import org.jspecify.annotations.NullMarked;
