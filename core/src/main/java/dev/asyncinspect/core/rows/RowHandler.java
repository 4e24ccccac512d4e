package dev.asyncinspect.core.rows;

/** One method for each case of {@link Row}; none has a default, so that a new case breaks every consumer at compile time. */
public interface RowHandler {

    void begin(Row.Begin row);

    void end(Row.End row);

    void stack(Row.Stack row);

    void thread(Row.ThreadSeen row);

    void object(Row.ObjectSeen row);

    void number(Row.NumberOf row);

    void text(Row.TextOf row);

    void objectLink(Row.ObjectLink row);

    void threadLink(Row.ThreadLink row);

    void notSeen(Row.NotSeen row);
}
