/** Locks, semaphores and channels that say who holds them, who waits, and for how long: for programs that run without the agent. */
@NullMarked
package dev.asyncinspect.core.sync;

import org.jspecify.annotations.NullMarked;
