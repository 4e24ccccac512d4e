/** Rows: what the agent saw in the JVM, one small fact each, in the form in which they cross the link. */
@NullMarked
package dev.asyncinspect.core.rows;

import org.jspecify.annotations.NullMarked;
