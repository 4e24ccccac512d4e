package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.agent.rows.RowSink;
import dev.asyncinspect.agent.rows.RowSource;
import dev.asyncinspect.core.wire.SampleRequest;
import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the threads of this JVM and, from what they wait for and work for, the objects behind them. */
public final class JdkReader implements RowSource {

    /*
     * Nothing is recorded and no code is changed: each sample reads fields. The walk starts at the threads; an object is
     * read once, when something that was read refers to it. It runs on our own thread, takes no lock of the program and
     * calls no method of it.
     */

    private static final String NO_MONITORS =
            "reading them can crash a busy JVM; the dump shows those of platform threads and of mounted virtual ones";

    private final JdkDoor door;
    private final Threads facts;
    private final RefTable refs = new RefTable();
    private final ThreadReader threads;
    private final SyncReader syncs;
    private final RoomReader rooms;
    private final PoolReader pools;
    private final TimerReader timers;
    private final EventLoopReader loops;
    private final WheelReader wheels;
    private final ForeignPools foreign;
    private final ReferredReader referred;
    private final ObjectFields fields;
    private final List<ObjectReader> readers;
    private final List<String> missing;
    private final boolean hasVirtualThreads;
    /** Made when it is first asked for: to look up what it takes begins to use VirtualThread, which starts a thread of the JDK. */
    private @Nullable MonitorReader monitors;

    private JdkReader(JdkDoor door) {
        this.door = door;
        facts = new Threads(door);
        TerminationReader termination = new TerminationReader(door, facts);
        threads = new ThreadReader(door, facts, termination);
        syncs = new SyncReader(door, facts);
        fields = new ObjectFields(door);
        rooms = new RoomReader(door, facts, fields);
        pools = new PoolReader(door, facts, fields, termination, rooms);
        UserMethods methods = new UserMethods(door);
        timers = new TimerReader(door, facts, methods);
        wheels = new WheelReader(door, facts, methods, fields);
        foreign = new ForeignPools(door, facts, methods, fields);
        loops = new EventLoopReader(door, facts, methods, fields);
        referred = new ReferredReader(facts, fields);
        readers = List.of(
                syncs,
                new FutureReader(door, facts, methods),
                pools,
                timers,
                loops,
                wheels,
                foreign,
                new BlockingCoroutines(fields),
                new ForkJoinReader(door, facts, methods, termination),
                new StampedLockReader(door, facts),
                new PhaserReader(door),
                new TransferReader(door, facts));
        missing = List.copyOf(door.missing());
        hasVirtualThreads = door.type("java.lang.VirtualThread") != null;
    }

    /** A reader of the JVM that it runs in. */
    public static JdkReader open(Instrumentation instrumentation) {
        return new JdkReader(JdkDoor.open(instrumentation));
    }

    /** A reader behind a door that hides some classes. */
    static JdkReader of(JdkDoor door) {
        return new JdkReader(door);
    }

    @Override
    public void sample(SampleRequest request, RowSink sink) {
        Sample sample = new Sample(sink, refs, request.maxStackDepth());
        for (String field : missing) {
            sample.notSeen(field, "this JDK has no such field");
        }
        List<Thread> all = threads.read(sample, request.stacks());
        monitors(request.monitors(), all, sample);
        syncs.begin(all);
        try {
            pools.workers(all, sample);
            timers.workers(all, sample);
            loops.workers(all, sample);
            wheels.workers(all, sample);
            foreign.workers(all, sample);
            readAll(sample);
            referred.begin(sample);
            sample.backlogs((workers, works) -> referred.read(workers, works, sample));
            rooms.read(all, sample);
            readAll(sample);
        } finally {
            syncs.begin(List.of()); // keeps no thread alive until the next sample
            foreign.forget();
            fields.forget();
        }
    }

    private void monitors(boolean wanted, List<Thread> all, Sample sample) {
        String reason = NO_MONITORS;
        if (!wanted) {
            monitors = null;
        } else if (all.stream().noneMatch(facts::isVirtual)) {
            return;
        } else {
            MonitorReader reader = monitors == null ? new MonitorReader(door, facts) : monitors;
            monitors = reader;
            if (reader.available()) {
                reader.read(all, sample);
                return;
            }
            reason = "this JDK has no way to read them";
        }
        if (hasVirtualThreads) {
            sample.notSeen("monitors of virtual threads that are not mounted", reason);
        }
    }

    private void readAll(Sample sample) {
        for (Object object = sample.next(); object != null; object = sample.next()) {
            read(object, sample);
        }
    }

    private void read(Object object, Sample sample) {
        for (ObjectReader reader : readers) {
            if (reader.read(object, sample)) {
                return;
            }
        }
    }
}
