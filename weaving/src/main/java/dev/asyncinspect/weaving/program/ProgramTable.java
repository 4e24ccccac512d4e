package dev.asyncinspect.weaving.program;

import dev.asyncinspect.weaving.HookState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was woven into the program, for the hook table: a line for each sort, and none for a sort that the program does not have. Any thread. */
final class ProgramTable {

    /* Guarded by this. Told once for each woven class. */

    private static final String RECORDER = "dev.asyncinspect.core.recorder.Recorder";
    private static final int MOST_NAMES = 5;

    private int classes;
    private int methods;
    private int awaits;
    private final Set<String> leftOut = new TreeSet<>();
    private int libraries;
    private int contexts;
    private int contextPlaces;
    private final Map<String, Integer> leftAlone = new LinkedHashMap<>();
    private long failures;
    private @Nullable String firstFailure;
    private HookState.Status status = HookState.Status.ON;

    synchronized void traced(String internalName, TraceWeaver.Woven woven) {
        classes++;
        methods += woven.methods();
        awaits += woven.awaits();
        woven.leftOut().forEach(method -> leftOut.add(internalName.replace('/', '.') + "." + method));
    }

    synchronized void context(int places) {
        contexts++;
        contextPlaces += places;
    }

    synchronized void libraryJoined() {
        libraries++;
    }

    synchronized void libraryLeftAlone(String why) {
        leftAlone.merge(why, 1, Integer::sum);
    }

    /** Weaving a class failed, or what was woven into it. */
    synchronized void failed(String what, Throwable thrown) {
        failures++;
        if (firstFailure == null) {
            firstFailure = what.replace('/', '.') + ": " + thrown;
        }
    }

    synchronized void removed() {
        status = HookState.Status.REMOVED;
    }

    synchronized List<HookState> lines() {
        List<HookState> lines = new ArrayList<>();
        if (classes > 0) {
            String detail = methods
                    + (methods == 1 ? " method of " : " methods of ")
                    + classes
                    + (classes == 1 ? " class" : " classes")
                    + (leftOut.isEmpty() ? "" : "; too large: " + some(leftOut));
            lines.add(new HookState("program.traced", "methods with @Trace", status, detail, awaits, 0));
        }
        if (libraries > 0) {
            String detail = "what the program tells its own library is in this recording";
            lines.add(new HookState("program.library", RECORDER, status, detail, libraries, 0));
        }
        if (contexts > 0) {
            String detail =
                    contexts + (contexts == 1 ? " class that keeps" : " classes that keep") + " a logging context";
            lines.add(new HookState("program.context", "MDC, ThreadContext", status, detail, contextPlaces, 0));
        }
        leftAlone.forEach((why, count) -> lines.add(new HookState(
                "program.other-library", RECORDER, HookState.Status.SKIPPED, "left alone: " + why, count, 0)));
        if (failures > 0) {
            lines.add(new HookState(
                    "program.weaving", "classes of the program", status, "failed at " + firstFailure, 0, failures));
        }
        return lines;
    }

    private static String some(Set<String> names) {
        List<String> first = names.stream().limit(MOST_NAMES).toList();
        return String.join(", ", first) + (names.size() > first.size() ? ", …" : "");
    }
}
