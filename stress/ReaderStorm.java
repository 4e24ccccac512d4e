import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.rows.RowHandler;
import dev.asyncinspect.core.wire.SampleRequest;
import dev.asyncinspect.sources.AttachLink;
import dev.asyncinspect.sources.LiveJvms;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Reads the objects of a JVM again and again, as fast as it goes, and says how often:
 * {@code ReaderStorm JAR PID SAMPLES [monitors]}. Each sample reads the state, the blocker and the stack of every thread, and if
 * asked for the monitors of virtual threads that stand still; see stress/run.
 */
public final class ReaderStorm {

    public static void main(String[] args) throws Exception {
        int samples = Integer.parseInt(args[2]);
        boolean monitors = args.length > 3;
        long[] seen = new long[4];
        long start = System.nanoTime();
        AttachLink.Settings settings =
                new AttachLink.Settings(Path.of(args[0]), Duration.ofSeconds(60), Duration.ofSeconds(60));
        try (AttachLink link = AttachLink.open(LiveJvms.find(args[1]), settings)) {
            for (int sample = 0; sample < samples; sample++) {
                link.sample(new SampleRequest(2_000_000, true, 200, monitors), new Counting(seen));
            }
        }
        System.out.printf(
                "%d samples, %d threads read, %d monitors read, %d rows, %d dropped, %d s%n",
                samples, seen[0], seen[3], seen[1], seen[2], (System.nanoTime() - start) / 1_000_000_000);
    }

    private record Counting(long[] seen) implements RowHandler {

        @Override
        public void begin(Row.Begin row) {}

        @Override
        public void end(Row.End row) {
            seen[2] += row.droppedRows();
        }

        @Override
        public void stack(Row.Stack row) {
            seen[1]++;
        }

        @Override
        public void thread(Row.ThreadSeen row) {
            seen[0]++;
        }

        @Override
        public void object(Row.ObjectSeen row) {
            seen[1]++;
        }

        @Override
        public void number(Row.NumberOf row) {
            seen[1]++;
        }

        @Override
        public void text(Row.TextOf row) {
            seen[1]++;
        }

        @Override
        public void objectLink(Row.ObjectLink row) {
            seen[1]++;
        }

        @Override
        public void threadLink(Row.ThreadLink row) {
            seen[1]++;
            if (row.relation().equals(Relation.MONITOR_OWNER)) {
                seen[3]++;
            }
        }

        @Override
        public void notSeen(Row.NotSeen row) {}
    }
}
