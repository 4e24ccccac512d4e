/** Recording inside the observed JVM: weaves the hooks, keeps the events of the last while in bounded memory, takes all out again. */
@NullMarked
package dev.asyncinspect.agent.recording;

import org.jspecify.annotations.NullMarked;
