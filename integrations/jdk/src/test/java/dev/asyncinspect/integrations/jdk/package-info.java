/** Tests of the hooks inside one JVM. */
@NullMarked
package dev.asyncinspect.integrations.jdk;

import org.jspecify.annotations.NullMarked;
