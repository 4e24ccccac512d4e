import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Waits for a child process that fills a pipe ({@code unread}, {@code read}), or sleeps, and reads to its end what another one writes that
 * fills its stderr, or sleeps. Says "ready" when both stand where they stay.
 */
class Errands {

    private static final int READ = 200_000;

    public static void main(String[] args) throws Exception {
        String story = args[0];
        boolean sleep = story.equals("asleep");
        Process child = start(sleep ? "sleep 600; true" : "head -c 1000000 /dev/zero; true");
        // files that there are not: cat says so on its stderr
        Process crossed = start(sleep ? "sleep 600; true" : "cat $(seq 100000 120000); true");
        daemon("crossed", () -> crossed.getInputStream().readAllBytes());
        if (story.equals("read")) {
            daemon("reader", () -> readSome(child.getInputStream()));
            daemon("reader", () -> readSome(crossed.getErrorStream()));
        }
        new Thread(() -> {
                    awaitStandstill(child, story);
                    awaitStandstill(crossed, story);
                    awaitReader();
                    System.out.println("ready");
                })
                .start();
        child.waitFor();
    }

    private static Process start(String script) throws Exception {
        return new ProcessBuilder("sh", "-c", script).start();
    }

    interface Work {
        Object run() throws Exception;
    }

    private static void daemon(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** More than a pipe takes; the rest is due much later. */
    private static Object readSome(InputStream output) throws Exception {
        output.readNBytes(READ);
        Thread.sleep(600_000);
        return output.readAllBytes();
    }

    /** In a write to a pipe, or at least in a process of its own. */
    private static void awaitStandstill(Process child, String story) {
        try {
            long read = story.equals("read") ? READ : 0;
            while (true) {
                ProcessHandle worker = child.children().findFirst().orElse(null);
                if (worker != null
                        && (story.equals("asleep") || (isInWrite(worker.pid()) && written(worker.pid()) >= read))) {
                    return;
                }
                Thread.onSpinWait();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitReader() {
        while (Thread.getAllStackTraces().entrySet().stream()
                .noneMatch(thread -> thread.getKey().getName().equals("crossed")
                        && thread.getValue().length > 0
                        && thread.getValue()[0].isNativeMethod())) {
            Thread.onSpinWait();
        }
    }

    private static boolean isInWrite(long pid) throws Exception {
        return Files.readString(Path.of("/proc/" + pid + "/wchan")).endsWith("pipe_write");
    }

    private static long written(long pid) throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/io"))) {
            if (line.startsWith("wchar: ")) {
                return Long.parseLong(line.substring("wchar: ".length()));
            }
        }
        return 0;
    }
}
