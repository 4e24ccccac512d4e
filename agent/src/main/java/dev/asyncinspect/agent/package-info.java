/** Runs inside the observed JVM: reads its objects, streams rows over the link, and leaves without a trace. */
@NullMarked
package dev.asyncinspect.agent;

import org.jspecify.annotations.NullMarked;
