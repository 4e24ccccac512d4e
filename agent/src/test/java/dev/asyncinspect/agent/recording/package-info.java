/** Tests of keeping events. */
@NullMarked
package dev.asyncinspect.agent.recording;

import org.jspecify.annotations.NullMarked;
