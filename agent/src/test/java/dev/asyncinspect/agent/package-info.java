/** Tests of the agent inside one JVM. */
@NullMarked
package dev.asyncinspect.agent;

import org.jspecify.annotations.NullMarked;
