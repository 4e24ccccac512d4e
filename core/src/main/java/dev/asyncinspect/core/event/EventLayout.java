package dev.asyncinspect.core.event;

/**
 * The layout of one event, version 1: four longs, the same in memory, in a recording and on the link.
 *
 * <pre>
 *   word 0   63..56 type | 55..48 flags | 47..32 count | 31..0 symbol       never 0: a slot whose first word is 0 is empty
 *   word 1   System.nanoTime of the observed JVM
 *   word 2   the task it happened to
 *   word 3   argument
 *
 *  type  name         flags              count     symbol                 word 2        word 3
 *  ----  -----------  -----------------  --------  ---------------------  ------------  -------------------------------
 *     1  CREATED      kind of task                 creation site          task          who created it (task or thread)
 *     2  NAMED                                     name                   task          the runtime's own id, 0 none
 *     3  POLL_START                                                       task          thread that runs it
 *     4  POLL_END     reason                        what it waits for     task          thread that ran it
 *     5  AWAIT_START  1 timed                      label of the await     task          resource, 0 unknown
 *                     2 ends the poll
 *     6  AWAIT_END    how                                                 task          resource, 0 unknown
 *     7  WOKEN        how                                                 task          who woke it (task or thread), 0
 *     8  ENDED        outcome                      throwable              task
 *     9  ACQUIRED     mode               permits   site                   task          resource
 *                     8 tried
 *    10  RELEASED     mode               permits   site                   task          resource
 *    11  POINT                                     label                  task          symbol of the message, 0 none
 *    12  LINKED       how                          label                  task          the other task; RUN_BY, COMPLETES: a resource; SCOPED_…: a hash
 *    13  RESOURCE     kind of resource   capacity  name                   0             resource
 *    14  DROPPED      why                                                 0             how many events are missing; NOT_FOLLOWED: tasks
 *    15  CLOCK                                                            0             nanoseconds since 1970 at word 1
 * </pre>
 *
 * <p>Codes of flags are in {@link EventCodes}. A symbol is a number for a text, see {@link Symbols}; 0 is no text.
 *
 * <p>Ids. A thread that is a task has its {@code Thread.threadId()} as the id of the task. Tasks that are no thread are numbered from
 * {@link #FIRST_TASK_ID}, far above. In AWAIT_START, AWAIT_END, ACQUIRED, RELEASED, POINT and LINKED, as the creator in CREATED and as the
 * waker in WOKEN, the id of a thread stands for the innermost task that it is running, by the POLL_START and POLL_END that name it, or for
 * the thread itself if it runs none. So nobody looks up the current task on a thread of the program: the reader knows it. What is
 * written after it was read (flight recorder, recordings) has the ids of the tasks. What happens to the polls of a thread happens
 * to the tasks that it runs too. Resources have numbers of their own.
 *
 * <p>An await that ends the poll (flag 2 of AWAIT_START) is written by who sees awaits and not polls: the task gives up
 * running at AWAIT_START and runs again at AWAIT_END, and that is a new poll. Without the flag only POLL_END and POLL_START tell.
 *
 * <p>A label of POLL_END says what the task waits for until it is woken or runs again, where no AWAIT_START around it says more.
 *
 * <p>How it grows: readers pass over types and codes that they do not know; a new type or code is no new version.
 */
public final class EventLayout {

    /** The version of this layout. A reader of version n reads all versions up to n. */
    public static final int VERSION = 1;

    /** Longs of one event. */
    public static final int WORDS = 4;

    /** Ids of tasks that are no thread begin here; exact also in JSON readers that know doubles only. */
    public static final long FIRST_TASK_ID = 1_000_000_000_000L;

    /** A count that does not fit is written as this. */
    public static final int MAX_COUNT = 0xFFFF;

    static final int CREATED = 1;
    static final int NAMED = 2;
    static final int POLL_START = 3;
    static final int POLL_END = 4;
    static final int AWAIT_START = 5;
    static final int AWAIT_END = 6;
    static final int WOKEN = 7;
    static final int ENDED = 8;
    static final int ACQUIRED = 9;
    static final int RELEASED = 10;
    static final int POINT = 11;
    static final int LINKED = 12;
    static final int RESOURCE = 13;
    static final int DROPPED = 14;
    static final int CLOCK = 15;

    private static final int TYPE_SHIFT = 56;
    private static final int FLAGS_SHIFT = 48;
    private static final int COUNT_SHIFT = 32;
    private static final int OCTET = 0xFF;

    private EventLayout() {}

    static long head(int type, int flags, int count, int symbol) {
        int fitting = Math.max(0, Math.min(count, MAX_COUNT));
        return (long) type << TYPE_SHIFT
                | (long) (flags & OCTET) << FLAGS_SHIFT
                | (long) fitting << COUNT_SHIFT
                | (symbol & 0xFFFF_FFFFL);
    }

    static int type(long head) {
        return (int) (head >>> TYPE_SHIFT);
    }

    static int flags(long head) {
        return (int) (head >>> FLAGS_SHIFT) & OCTET;
    }

    static int count(long head) {
        return (int) (head >>> COUNT_SHIFT) & MAX_COUNT;
    }

    static int symbol(long head) {
        return (int) head;
    }

    /** True if this first word is that of the end of a task, which must not get lost. */
    public static boolean isEnd(long head) {
        return type(head) == ENDED;
    }

    /** True if this first word is that of a reading of the clock, of which there is about one a second. */
    public static boolean isClock(long head) {
        return type(head) == CLOCK;
    }

    /** The symbol in the first word, 0 if there is none. */
    public static int symbolOf(long head) {
        return symbol(head);
    }

    /** The symbol that some events have as their argument, 0 if this one has none. */
    public static int secondSymbolOf(long head, long argument) {
        return type(head) == POINT ? (int) argument : 0;
    }
}
