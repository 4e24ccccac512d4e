/** Tests of weaving inside one JVM. */
@NullMarked
package dev.asyncinspect.weaving;

import org.jspecify.annotations.NullMarked;
