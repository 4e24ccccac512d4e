/** Tests of weaving programs inside one JVM. */
@NullMarked
package dev.asyncinspect.weaving.program;

import org.jspecify.annotations.NullMarked;
