package dev.asyncinspect.weaving.program;

import org.jspecify.annotations.Nullable;

/** What {@link EventSinkClass} makes a subclass of: to whom events go. Set once, before anybody has the sink. */
abstract class EventSink {

    @Nullable
    LibraryCopies to;
}
