package dev.asyncinspect.core.wire;

import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.SlotSink;
import java.util.Arrays;
import java.util.Objects;

/** What is said about recording, in both directions. The agent answers each order by some messages and one that ends them. */
public sealed interface RecordingMessage {

    /** Calls the method for this kind of message. */
    void handTo(RecordingHandler handler);

    /**
     * Order: record, or stop recording. Answered by {@link State}.
     *
     * @param on whether to record from now on
     * @param sites whether to record the lines that submit tasks too; only to be asked of an agent that can
     *     {@link Hello#RECORD_SITES}, for others take no notice of it
     * @param locks whether to record who takes locks; likewise with {@link Hello#RECORD_LOCKS}
     * @param context whether to record keys of logging contexts; likewise with {@link Hello#RECORD_CONTEXT}
     * @param settings how much to record, as options of the agent: {@code mode=production,sample=20}, empty for what it has
     *     anyhow; likewise with {@link Hello#RECORD_SETTINGS}
     */
    record Control(boolean on, boolean sites, boolean locks, boolean context, String settings)
            implements RecordingMessage {

        /** The same with nothing besides. */
        public Control(boolean on) {
            this(on, false, false, false);
        }

        /** The same with the lines, or without. */
        public Control(boolean on, boolean sites) {
            this(on, sites, false, false);
        }

        /** The same without settings. */
        public Control(boolean on, boolean sites, boolean locks, boolean context) {
            this(on, sites, locks, context, "");
        }

        @Override
        public void handTo(RecordingHandler handler) {
            handler.control(this);
        }
    }

    /** Order: tell how it stands. Answered by a {@link HookLine} for each hook, and a {@link State}. */
    record AskState() implements RecordingMessage {
        @Override
        public void handTo(RecordingHandler handler) {
            handler.askState(this);
        }
    }

    /**
     * Order: send events. Answered by {@link SymbolText} and {@link Events}, and an {@link EventsEnd}.
     *
     * @param from number of the first event wanted; 0 for the oldest that is kept
     * @param max how many at most
     */
    record TakeEvents(long from, int max) implements RecordingMessage {

        public TakeEvents {
            if (from < 0 || max < 1) {
                throw new IllegalArgumentException("events cannot be taken from " + from + ", at most " + max);
            }
        }

        @Override
        public void handTo(RecordingHandler handler) {
            handler.takeEvents(this);
        }
    }

    /**
     * Whether the agent records.
     *
     * @param on whether it does
     * @param events number of events since the beginning, lost ones not counted
     * @param dropped events that found no room
     * @param detail what went wrong, empty if nothing did
     * @param untold tasks that are in none of the events, for lack of room
     * @param settings how much it records, for people; empty if it never did
     */
    record State(boolean on, long events, long dropped, String detail, long untold, String settings)
            implements RecordingMessage {

        /** The same of who does not tell its settings. */
        public State(boolean on, long events, long dropped, String detail, long untold) {
            this(on, events, dropped, detail, untold, "");
        }

        /** The same with every task told. */
        public State(boolean on, long events, long dropped, String detail) {
            this(on, events, dropped, detail, 0);
        }

        @Override
        public void handTo(RecordingHandler handler) {
            handler.state(this);
        }
    }

    /**
     * How one hook fares.
     *
     * @param name of the hook
     * @param where the place in the program that it is meant for
     * @param status {@code ON}, {@code SKIPPED}, {@code DISABLED}, {@code REMOVED} or {@code PENDING}
     * @param detail why, or how it was found to fit
     * @param places how many places it is woven into
     * @param failures how often it failed
     */
    record HookLine(String name, String where, String status, String detail, int places, long failures)
            implements RecordingMessage {
        @Override
        public void handTo(RecordingHandler handler) {
            handler.hook(this);
        }
    }

    /**
     * The text of a symbol in the events that follow; stays valid for the connection.
     *
     * @param symbol its number
     * @param text the text
     */
    record SymbolText(int symbol, String text) implements RecordingMessage {
        @Override
        public void handTo(RecordingHandler handler) {
            handler.symbol(this);
        }
    }

    /** Some events, oldest first, as the longs of {@link EventLayout}. */
    final class Events implements RecordingMessage {

        private final long[] words;

        /**
         * Takes over the array.
         *
         * @param words four for each event
         */
        public Events(long[] words) {
            this.words = Objects.requireNonNull(words);
        }

        /** How many. */
        public int count() {
            return words.length / EventLayout.WORDS;
        }

        /** Hands each on. */
        public void handEachTo(SlotSink sink) {
            for (int i = 0; i < words.length; i += EventLayout.WORDS) {
                sink.slot(words[i], words[i + 1], words[i + 2], words[i + 3]);
            }
        }

        @Override
        public void handTo(RecordingHandler handler) {
            handler.events(this);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Events events && Arrays.equals(words, events.words);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(words);
        }
    }

    /**
     * The end of the events that were asked for.
     *
     * @param next number of the event to ask for next
     * @param missed events from the one asked for on that were kept no longer
     * @param dropped events that found no room, since the beginning
     */
    record EventsEnd(long next, long missed, long dropped) implements RecordingMessage {
        @Override
        public void handTo(RecordingHandler handler) {
            handler.eventsEnd(this);
        }
    }
}
