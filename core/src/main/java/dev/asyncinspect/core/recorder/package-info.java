/**
 * The recorder: takes events on the program's threads and hands them to one thread of ours. Internal: the API is
 * {@code dev.asyncinspect.core}; only integrations and the agent call the recorder itself.
 */
@NullMarked
package dev.asyncinspect.core.recorder;

import org.jspecify.annotations.NullMarked;
