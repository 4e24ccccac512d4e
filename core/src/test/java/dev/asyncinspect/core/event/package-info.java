/** Tests of the events. */
@NullMarked
package dev.asyncinspect.core.event;

import org.jspecify.annotations.NullMarked;
