import java.nio.file.Files;
import java.nio.file.Path;

/** Waits for a child process that fills a pipe, or sleeps. Says "ready" when the child stands where it stays. */
class Errands {

    private static final String WRITES = "head -c 1000000 /dev/zero; true";

    public static void main(String[] args) throws Exception {
        String story = args[0];
        Process child = new ProcessBuilder("sh", "-c", story.equals("asleep") ? "sleep 600; true" : WRITES).start();
        if (story.equals("read")) {
            Thread reader = new Thread(() -> readSome(child), "reader");
            reader.setDaemon(true);
            reader.start();
        }
        Thread watcher = new Thread(() -> awaitStandstill(child, story), "watcher");
        watcher.start();
        child.waitFor();
    }

    /** More than a pipe takes; the rest is due much later. */
    private static void readSome(Process child) {
        try {
            child.getInputStream().readNBytes(200_000);
            Thread.sleep(600_000);
            child.getInputStream().readAllBytes();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** In a write to a pipe, or at least in a process of its own. */
    private static void awaitStandstill(Process child, String story) {
        try {
            long read = story.equals("read") ? 200_000 : 0;
            while (true) {
                ProcessHandle worker = child.children().findFirst().orElse(null);
                if (worker != null && (story.equals("asleep") || (isInWrite(worker.pid()) && written(worker.pid()) >= read))) {
                    break;
                }
                Thread.onSpinWait();
            }
            System.out.println("ready");
        } catch (Exception e) {
            throw new IllegalStateException(e);
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
