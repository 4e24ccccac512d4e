/**
 * The vocabulary of what happens to tasks, and its bytes: {@link dev.asyncinspect.core.event.EventLayout} owns the layout,
 * {@link dev.asyncinspect.core.event.EventHandler} has one method for each kind. Live, recorded and replayed events are the same.
 */
@NullMarked
package dev.asyncinspect.core.event;

import org.jspecify.annotations.NullMarked;
