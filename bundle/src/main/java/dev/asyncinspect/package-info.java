/** The bootstrap: the only classes of async-inspect that a program with the agent can see. */
@NullMarked
package dev.asyncinspect;

import org.jspecify.annotations.NullMarked;
