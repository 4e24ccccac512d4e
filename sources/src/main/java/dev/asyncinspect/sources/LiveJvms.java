package dev.asyncinspect.sources;

import dev.asyncinspect.model.History;
import java.time.Duration;
import java.util.List;

/** Live JVMs: which there are, and a look at one of them without loading anything into it. */
public final class LiveJvms {

    private LiveJvms() {}

    /**
     * How to look.
     *
     * @param samples how many dumps to take, at least 1
     * @param interval time between two of them
     * @param timeout how long to wait for one answer of the JVM
     * @param virtualThreadDump whether to take the JDK's own dump of virtual threads too, which can crash a busy JVM
     */
    public record Sampling(int samples, Duration interval, Duration timeout, boolean virtualThreadDump) {}

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
        LiveSampler sampler = new LiveSampler(jvm, sampling, HotSpotChannel::open);
        return new History(sampler.sample(channel -> new AwaitSites(LiveClassPath.of(jvm.pid(), channel, classes))));
    }
}
