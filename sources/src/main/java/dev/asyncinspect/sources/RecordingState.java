package dev.asyncinspect.sources;

import dev.asyncinspect.core.wire.RecordingMessage;
import java.util.List;

/**
 * How the recording in a JVM stands.
 *
 * @param on whether it records
 * @param events how many events it has recorded
 * @param dropped how many found no room
 * @param notRestored what could not be taken out again after it stopped, empty if all was
 * @param hooks the hook table; empty if it never recorded
 * @param untold tasks that are in none of the events, for lack of room
 * @param settings how much it records, for people; empty if it does not say
 */
public record RecordingState(
        boolean on, long events, long dropped, String notRestored, List<Hook> hooks, long untold, String settings) {

    public RecordingState {
        hooks = List.copyOf(hooks);
    }

    /** The same with every task told. */
    public RecordingState(boolean on, long events, long dropped, String notRestored, List<Hook> hooks) {
        this(on, events, dropped, notRestored, hooks, 0);
    }

    /** The same without saying how much it records. */
    public RecordingState(boolean on, long events, long dropped, String notRestored, List<Hook> hooks, long untold) {
        this(on, events, dropped, notRestored, hooks, untold, "");
    }

    static RecordingState of(RecordingMessage.State state, List<RecordingMessage.HookLine> hooks) {
        return new RecordingState(
                state.on(),
                state.events(),
                state.dropped(),
                state.detail(),
                hooks.stream().map(Hook::of).toList(),
                state.untold(),
                state.settings());
    }

    /**
     * One line of the hook table.
     *
     * @param name of the hook
     * @param where the place that it is meant for
     * @param status {@code ON}, {@code SKIPPED}, {@code DISABLED}, {@code REMOVED} or {@code PENDING}
     * @param detail why, or how it was found to fit
     * @param places how many places it is woven into
     * @param failures how often it failed
     */
    public record Hook(String name, String where, String status, String detail, int places, long failures) {

        static Hook of(RecordingMessage.HookLine line) {
            return new Hook(line.name(), line.where(), line.status(), line.detail(), line.places(), line.failures());
        }
    }
}
