package dev.asyncinspect.sources;

import dev.asyncinspect.model.UnreadOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The child processes of a JVM, and which of them wait for it to read what they write. */
final class StuckChildren {

    private static final int DEEPEST = 20;

    private final long jvm;
    private final List<Child> children = new ArrayList<>();
    private boolean told = true;

    /**
     * A child that lives.
     *
     * @param label what it is called: {@code process 4711 (sh)}; its arguments may hold secrets
     * @param output what it waits to write; null if it does not wait for that
     * @param stuck its number, and those of the processes that it waits for down to the one that waits to write; none without an output
     */
    record Child(String label, @Nullable UnreadOutput output, List<Long> stuck) {

        /** Whether it is stuck, and nobody else, of those that may be looked into, can write to this pipe. */
        boolean aloneWrites(String pipe) {
            return output != null
                    && stuck.stream().anyMatch(pid -> ProcPipes.has(pid, pipe, false))
                    && ProcessHandle.allProcesses()
                            .allMatch(other -> stuck.contains(other.pid()) || !ProcPipes.has(other.pid(), pipe, false));
        }
    }

    private StuckChildren(long jvm) {
        this.jvm = jvm;
        ProcessHandle.of(jvm)
                .ifPresent(process -> process.children()
                        .filter(child -> !"Z".equals(ProcFs.state(child.pid())))
                        .forEach(this::add));
    }

    /** As they stand now. */
    static StuckChildren of(long jvm) {
        return new StuckChildren(jvm);
    }

    /** All of them that live. */
    List<Child> all() {
        return children;
    }

    /** Whether the system told all that was asked of it. */
    boolean isTold() {
        return told;
    }

    private void add(ProcessHandle child) {
        List<Long> path = new ArrayList<>();
        UnreadOutput output = output(child, writer(child, path));
        children.add(new Child(label(child.pid()), output, output == null ? List.of() : List.copyOf(path)));
    }

    /**
     * Who of this process and those that it waits for waits to write to a pipe; null if nobody.
     *
     * @param path gets the numbers of the processes down to that one
     */
    private @Nullable ProcessHandle writer(ProcessHandle process, List<Long> path) {
        if (!ProcPipes.isOpen(process.pid())) {
            told = false;
            return null;
        }
        path.add(process.pid());
        if (ProcPipes.writtenBy(process.pid()) != null) {
            return process;
        }
        if (path.size() <= DEEPEST && ProcPipes.waitsForChild(process.pid())) {
            for (ProcessHandle child : process.children().toList()) {
                ProcessHandle found = writer(child, path);
                if (found != null) {
                    return found;
                }
            }
        }
        path.remove(path.size() - 1);
        return null;
    }

    private @Nullable UnreadOutput output(ProcessHandle child, @Nullable ProcessHandle writer) {
        ProcPipes.End end = writer == null ? null : ProcPipes.writtenBy(writer.pid());
        if (writer == null
                || end == null
                || !ProcPipes.has(jvm, end.pipe(), true)
                || ProcessHandle.allProcesses()
                        .anyMatch(other -> other.pid() != jvm && ProcPipes.has(other.pid(), end.pipe(), true))) {
            return null;
        }
        return new UnreadOutput(
                label(writer.pid()), stream(child.pid(), end), end.pipe(), ProcPipes.writtenBytes(writer.pid()));
    }

    /** What the child calls it; a shell may have one for both, as {@code redirectErrorStream} makes it. */
    private static String stream(long child, ProcPipes.End end) {
        boolean out = end.pipe().equals(ProcPipes.target(child, 1));
        boolean err = end.pipe().equals(ProcPipes.target(child, 2));
        if (out && err) {
            return "output";
        }
        return out ? "stdout" : err ? "stderr" : "file descriptor " + end.descriptor();
    }

    private static String label(long pid) {
        List<String> words = ProcFs.commandLine(pid);
        Path name = words.isEmpty() ? null : Path.of(words.get(0)).getFileName();
        return "process " + pid + (name == null || name.toString().isEmpty() ? "" : " (" + name + ")");
    }
}
