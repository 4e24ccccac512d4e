package dev.asyncinspect.sources;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A look at a JVM that there is not: what a look at a real one needs is loaded by it, while that one has not answered yet. */
final class Rehearsal {

    private static final String ANY_CLASS = "java/util/concurrent/CountDownLatch.class";

    /** Two threads that wait for each other, one for a latch, one that computes. */
    private static final String DUMP = """
            Full thread dump OpenJDK 64-Bit Server VM (25.0.3+9-LTS mixed mode, sharing):

            "first" #31 [31] prio=5 os_prio=0 cpu=1.50ms elapsed=2.25s tid=0x01 nid=31 waiting for monitor entry  [0x01]
               java.lang.Thread.State: BLOCKED (on object monitor)
            \tat shop.Main.first(Main.java:10)
            \t- waiting to lock <0x02> (a java.lang.Object)
            \t- locked <0x01> (a java.lang.Object)
            \tat java.lang.Thread.run(java.base@25.0.3/Thread.java:1474)

            "second" #32 [32] daemon prio=5 os_prio=0 cpu=1.50ms elapsed=2.25s tid=0x02 nid=32 waiting for monitor entry  [0x02]
               java.lang.Thread.State: BLOCKED (on object monitor)
            \tat shop.Main.second(Main.java:20)
            \t- waiting to lock <0x01> (a java.lang.Object)
            \t- locked <0x02> (a java.lang.Object)

               Locked ownable synchronizers:
            \t- <0x04> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)

            "pool-1-thread-1" #33 [33] prio=5 os_prio=0 cpu=1.50ms elapsed=2.25s tid=0x03 nid=33 waiting on condition  [0x03]
               java.lang.Thread.State: WAITING (parking)
            \tat jdk.internal.misc.Unsafe.park(java.base@25.0.3/Native Method)
            \t- parking to wait for  <0x03> (a java.util.concurrent.CountDownLatch$Sync)
            \tat java.util.concurrent.locks.LockSupport.park(java.base@25.0.3/LockSupport.java:223)
            \tat java.util.concurrent.CountDownLatch.await(java.base@25.0.3/CountDownLatch.java:230)
            \tat shop.Main.third(Main.java:30)

               Locked ownable synchronizers:
            \t- None

            "main" #1 [30] prio=5 os_prio=0 cpu=1.50ms elapsed=2.25s tid=0x04 nid=30 runnable  [0x04]
               java.lang.Thread.State: RUNNABLE
            \tat shop.Main.main(Main.java:40)

            JNI global refs: 4, weak refs: 0
            """;

    private Rehearsal() {}

    /** What such a look gives; none if it did not go well, which is no matter. */
    static @Nullable History history() {
        AwaitSites sites = new AwaitSites(name -> anyClass());
        RawDump dump = TextDumpParser.firstIn(AnswerText.of(DUMP));
        if (dump == null) {
            return null;
        }
        Snapshot text = DumpSnapshot.of(dump, "", null, sites).at(Instant.EPOCH, 0);
        Snapshot closer = AttachSnapshot.of(new AttachRows(), text.source(), Instant.EPOCH, sites);
        Snapshot joined = SnapshotJoin.of(text, closer);
        return new History(List.of(joined, joined));
    }

    private static byte @Nullable [] anyClass() {
        try (InputStream stream = ClassLoader.getSystemResourceAsStream(ANY_CLASS)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException e) {
            return null;
        }
    }
}
