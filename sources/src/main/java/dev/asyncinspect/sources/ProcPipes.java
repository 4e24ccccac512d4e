package dev.asyncinspect.sources;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Who stands at which pipe, as {@code /proc} tells of processes that we may look into; of others nothing is told. */
final class ProcPipes {

    /*
     * A thread that waits in a system call is told in two files: wchan names the function of the kernel (anon_pipe_write since
     * Linux 6.15, pipe_write before), and syscall begins with the number of the call and its first argument, which for all
     * calls that write to a pipe, but splice, is the file descriptor. Whether that one is a pipe, and this its writing end, is
     * looked up, so that the numbers of the calls, which differ between processors, do not matter.
     */

    private static final int ACCESS_MODE = 3; // of the flags that a file was opened with: 0 reads, 1 writes, 2 both

    private static final int READS = 0;
    private static final int WRITES = 1;

    private ProcPipes() {}

    /**
     * A thread that stands in a call to one end of a pipe.
     *
     * @param descriptor its file descriptor
     * @param pipe which pipe: {@code pipe:[2825097]}
     */
    record End(int descriptor, String pipe) {}

    /** To which full pipe some thread of this process waits to write; null if none does, or that is not told. */
    static @Nullable End writtenBy(long pid) {
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(folder(pid).resolve("task"))) {
            for (Path thread : threads) {
                if (text(thread.resolve("wchan")).endsWith("pipe_write")) {
                    End end = inCall(pid, thread);
                    if (end != null && access(pid, end.descriptor) != READS) {
                        return end;
                    }
                }
            }
        } catch (IOException e) {
            return null; // gone, or not ours to look into
        }
        return null;
    }

    /** From which pipe this thread reads at the moment; null if from none, or that is not told. */
    static @Nullable End readBy(long pid, long nativeThreadId) {
        Path thread = folder(pid).resolve("task").resolve(String.valueOf(nativeThreadId));
        try {
            End end = inCall(pid, thread);
            return end != null && access(pid, end.descriptor) == READS ? end : null;
        } catch (IOException e) {
            return null; // gone, or not ours to look into
        }
    }

    /** Whether a thread of this process waits for a process of its own to end. */
    static boolean waitsForChild(long pid) {
        try {
            return text(folder(pid).resolve("wchan")).contains("wait");
        } catch (IOException e) {
            return false; // gone, or not ours to look into
        }
    }

    /** Whether this process has an end of that pipe: the reading one, or a writing one. */
    static boolean has(long pid, String pipe, boolean reading) {
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(folder(pid).resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (pipe.equals(target(descriptor)) && isEnd(pid, descriptor, reading)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // gone, or not ours to look into
        }
        return false;
    }

    private static boolean isEnd(long pid, Path descriptor, boolean reading) {
        try {
            int access = access(pid, Integer.parseInt(descriptor.getFileName().toString()));
            return reading ? access != WRITES : access != READS;
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    /** Whether its open files are told at all. */
    static boolean isOpen(long pid) {
        return Files.isReadable(folder(pid).resolve("fd"))
                && Files.isReadable(folder(pid).resolve("syscall"));
    }

    /** How many bytes it has written so far, to whatever it was; -1 if not told. */
    static long writtenBytes(long pid) {
        try {
            for (String line : text(folder(pid).resolve("io")).split("\n")) {
                if (line.startsWith("wchar: ")) {
                    return Long.parseLong(line.substring("wchar: ".length()).trim());
                }
            }
        } catch (IOException | NumberFormatException e) {
            return -1; // gone, or not ours to look into
        }
        return -1;
    }

    private static @Nullable End inCall(long pid, Path thread) throws IOException {
        String[] words = text(thread.resolve("syscall")).split("\\s+"); // "running" if it is in none
        if (words.length < 2 || !words[1].startsWith("0x")) {
            return null;
        }
        int descriptor;
        try {
            descriptor = Integer.parseUnsignedInt(words[1].substring(2), 16);
        } catch (NumberFormatException e) {
            return null; // an address: a call of another kind
        }
        String target = target(pid, descriptor);
        return target != null && target.startsWith("pipe:[") ? new End(descriptor, target) : null;
    }

    /** What a file descriptor of a process is: {@code pipe:[2825097]}; null if there is none, or that is not told. */
    static @Nullable String target(long pid, int descriptor) {
        return target(folder(pid).resolve("fd").resolve(String.valueOf(descriptor)));
    }

    private static @Nullable String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return null; // closed meanwhile
        }
    }

    private static int access(long pid, int descriptor) throws IOException {
        for (String line : text(folder(pid).resolve("fdinfo").resolve(String.valueOf(descriptor)))
                .split("\n")) {
            if (line.startsWith("flags:")) {
                return Integer.parseInt(line.substring("flags:".length()).trim(), 8) & ACCESS_MODE;
            }
        }
        throw new IOException("no flags of file descriptor " + descriptor);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).trim();
    }

    private static Path folder(long pid) {
        return Path.of("/proc", String.valueOf(pid));
    }
}
