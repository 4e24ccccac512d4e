package dev.asyncinspect.sources;

import dev.asyncinspect.core.wire.SampleRequest;
import dev.asyncinspect.model.History;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Live JVMs: which there are, and a look at one of them without loading anything into it. */
public final class LiveJvms {

    private static final int MOST_ROWS = 2_000_000;
    private static final int DEEPEST_STACK = 200;

    private LiveJvms() {}

    /**
     * How to look.
     *
     * @param samples how many dumps to take, at least 1
     * @param interval time between two of them
     * @param timeout how long to wait for one answer of the JVM
     * @param virtualThreadDump whether to take the JDK's own dump of virtual threads too, which can crash a busy JVM
     * @param virtualThreadMonitors whether an agent is to read the monitors of virtual threads that stand still, see
     *     docs/safety/reader.md
     */
    public record Sampling(
            int samples,
            Duration interval,
            Duration timeout,
            boolean virtualThreadDump,
            boolean virtualThreadMonitors) {

        /** A look that leaves monitors of virtual threads alone. */
        public Sampling(int samples, Duration interval, Duration timeout, boolean virtualThreadDump) {
            this(samples, interval, timeout, virtualThreadDump, false);
        }
    }

    /** The JVMs of this machine that can be seen, without our own. */
    public static List<JvmProcess> list() {
        return JvmLookup.list();
    }

    /**
     * The one JVM of this process id, or whose main class contains this name.
     *
     * @throws SourceException if there is none, or several
     */
    public static JvmProcess find(String pidOrName) throws SourceException {
        return JvmLookup.find(pidOrName);
    }

    /**
     * Samples of one JVM.
     *
     * @param classes extra places to find class files; the class path of the JVM itself is always looked at
     * @throws SourceException if it cannot be reached or does not answer
     */
    public static History sample(JvmProcess jvm, Sampling sampling, ClassFiles classes) throws SourceException {
        return sample(jvm, sampling, classes, LiveSampler.ObjectReader.NONE);
    }

    /**
     * Samples of one JVM from closer: an agent is loaded into it that reads its objects and leaves again. Until it exits, the
     * JVM pays what it pays for any agent; see docs/safety/attach.md.
     *
     * @param classes extra places to find class files; the class path of the JVM itself is always looked at
     * @throws SourceException if it cannot be reached, takes no agent or does not answer
     */
    public static History attach(JvmProcess jvm, Sampling sampling, ClassFiles classes) throws SourceException {
        try (AttachLink link = AttachLink.open(jvm, AttachLink.Settings.ofBundle(sampling.timeout()))) {
            return sample(jvm, link, sampling, classes, link::close);
        }
    }

    /**
     * The same for who looks again and again: the agent stays for the next look, so that it is loaded once. Between two looks others
     * can ask it too. It goes by {@link #leave}, or by itself when nobody has come for five minutes.
     *
     * @throws SourceException if the JVM cannot be reached, takes no agent or does not answer
     */
    public static History attachAndStay(JvmProcess jvm, Sampling sampling, ClassFiles classes) throws SourceException {
        AttachLink link = AttachLink.open(
                jvm, AttachLink.Settings.ofBundle(sampling.timeout()).staying());
        try {
            return sample(jvm, link, sampling, classes, () -> {});
        } finally {
            link.hangUp();
        }
    }

    /** Makes an agent leave that stayed, unless it records; nothing if there is none, or it does not answer. */
    public static void leave(JvmProcess jvm, Duration timeout) {
        try {
            AttachLink link = AttachLink.openIfThere(jvm, AttachLink.Settings.ofBundle(timeout));
            if (link != null) {
                link.close(); // that says it
            }
        } catch (SourceException e) {
            // it leaves by itself
        }
    }

    private static History sample(
            JvmProcess jvm, AttachLink link, Sampling sampling, ClassFiles classes, Runnable finish)
            throws SourceException {
        boolean monitors = sampling.virtualThreadMonitors();
        SampleRequest request = new SampleRequest(MOST_ROWS, true, DEEPEST_STACK, monitors);
        if (monitors) {
            link.sample(request, new AttachRows()); // monitors are told of who stands as in the sample before
        }
        return sample(jvm, sampling, classes, new LiveSampler.ObjectReader() {
            @Override
            public AttachRows read() throws SourceException {
                AttachRows rows = new AttachRows();
                link.sample(request, rows);
                return rows;
            }

            @Override
            public void finish() {
                finish.run();
            }
        });
    }

    /**
     * The heap of one JVM. It stands still while its heap is written to a file, which is removed again.
     *
     * @param timeout how long that may take
     * @param classes extra places to find class files; the class path of the JVM itself is always looked at
     * @param announce is told beforehand what it costs
     * @throws SourceException if it cannot be reached, cannot write the file or does not answer
     */
    public static History prove(JvmProcess jvm, Duration timeout, ClassFiles classes, Consumer<String> announce)
            throws SourceException {
        return new JvmCall(jvm, timeout).answer(() -> new HeapProof(jvm, classes).of(announce));
    }

    /**
     * The text that a JVM prints of its threads, as it is.
     *
     * @param timeout how long to wait for it
     * @throws SourceException if it cannot be reached or does not answer
     */
    public static String threadDump(JvmProcess jvm, Duration timeout) throws SourceException {
        return new JvmCall(jvm, timeout).answer(() -> {
            try (AttachChannel channel = HotSpotChannel.open(jvm.pid())) {
                return channel.command(LiveSampler.DUMP);
            }
        });
    }

    private static History sample(
            JvmProcess jvm, Sampling sampling, ClassFiles classes, LiveSampler.ObjectReader objects)
            throws SourceException {
        LiveSampler sampler = new LiveSampler(jvm, sampling, HotSpotChannel::open, objects);
        return new History(sampler.sample(channel -> new AwaitSites(LiveClassPath.of(jvm.pid(), channel, classes))));
    }
}
