package dev.asyncinspect.sources;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What matters of one method's bytecode: its calls and monitors, in order. Built by {@link CodeScanner}, then only read. */
final class MethodCode {

    /** An instruction that matters. */
    enum Kind {
        CALL,
        MONITOR_ENTER,
        /** Anything else that is remembered for its line only: an access to a static member may initialise a class. */
        STATIC_ACCESS
    }

    /**
     * An instruction.
     *
     * @param position its place among all instructions of the method
     * @param line its line, 0 if the class file has none
     * @param owner internal name of the class that is called, empty for a monitor
     * @param name method that is called, empty for a monitor
     * @param inHandler whether it lies in the code of an exception handler, which the normal path does not run
     */
    record Instruction(int position, int line, Kind kind, String owner, String name, boolean inHandler) {}

    /**
     * A stretch of instructions that is protected by a handler of everything, as the body of {@code synchronized} is.
     *
     * @param from first position
     * @param to position behind the last
     * @param handler position of the handler: all stretches of one {@code synchronized} share it
     */
    record Protected(int from, int to, int handler) {}

    /**
     * A stretch of instructions that a jump back repeats.
     *
     * @param from first position
     * @param to position of the jump
     */
    record Loop(int from, int to) {

        private boolean contains(int position) {
            return position >= from && position <= to;
        }
    }

    final String name;
    final boolean isSynchronized;
    final boolean isStatic;
    final List<Instruction> instructions = new ArrayList<>();
    final List<Protected> protectedRanges = new ArrayList<>();
    /** Positions of the calls that are given a timeout of a lifetime or more, written out where they are made. */
    final Set<Integer> endless = new HashSet<>();
    /** Stretches that are run again and again: from where a jump back leads to where it stands. */
    final List<Loop> loops = new ArrayList<>();
    /** On what each call is made, by position; only where the code shows it. */
    final Map<Integer, Receivers.Receiver> receivers = new HashMap<>();
    /** The line of each instruction, by position. */
    final List<Integer> lines = new ArrayList<>();

    int firstLine;
    int lastLine;

    MethodCode(String name, boolean isSynchronized, boolean isStatic) {
        this.name = name;
        this.isSynchronized = isSynchronized;
        this.isStatic = isStatic;
    }

    boolean contains(int line) {
        return line >= firstLine && line <= lastLine;
    }

    void sawLine(int line) {
        firstLine = firstLine == 0 ? line : Math.min(firstLine, line);
        lastLine = Math.max(lastLine, line);
    }

    /** Whether who stands at one position can have come by another: it lies before, or both in a loop. */
    boolean mayHavePassed(int standing, int other) {
        return other < standing || loops.stream().anyMatch(loop -> loop.contains(standing) && loop.contains(other));
    }

    /** The calls of this name on this line; all calls of the line if none has the name, as a frame in between is hidden. */
    List<Instruction> callsAt(int line, @Nullable String callee) {
        List<Instruction> all = new ArrayList<>();
        List<Instruction> named = new ArrayList<>();
        for (Instruction instruction : instructions) {
            if (instruction.line == line && instruction.kind == Kind.CALL && !instruction.inHandler) {
                all.add(instruction);
                if (instruction.name.equals(callee)) {
                    named.add(instruction);
                }
            }
        }
        return named.isEmpty() ? all : named;
    }

    /**
     * The monitors that a frame on this line may be about to enter. HotSpot prints the line of the instruction behind
     * {@code monitorenter} when the method is interpreted, and its own when it is compiled; how many monitors the frame
     * holds already tells the two apart.
     */
    List<Instruction> monitorEntersAt(int line, int held) {
        return instructions.stream()
                .filter(instruction -> instruction.kind == Kind.MONITOR_ENTER
                        && (instruction.line == line || lineBehind(instruction) == line)
                        && openMonitors(instruction.position).size() == held)
                .toList();
    }

    private int lineBehind(Instruction instruction) {
        int behind = instruction.position + 1;
        return behind < lines.size() ? lines.get(behind) : 0;
    }

    /** The monitors that are entered and not left at a position, innermost first. */
    List<Instruction> openMonitors(int position) {
        Map<Integer, Instruction> enterOfHandler = new HashMap<>();
        for (Instruction instruction : instructions) {
            if (instruction.kind == Kind.MONITOR_ENTER) {
                for (Protected range : protectedRanges) {
                    if (range.from == instruction.position + 1) {
                        enterOfHandler.putIfAbsent(range.handler, instruction);
                    }
                }
            }
        }
        List<Instruction> open = new ArrayList<>();
        for (Protected range : protectedRanges) {
            Instruction enter = enterOfHandler.get(range.handler);
            if (enter != null && range.from <= position && position < range.to && !open.contains(enter)) {
                open.add(enter);
            }
        }
        open.sort((one, other) -> Integer.compare(other.position, one.position));
        return open;
    }
}
