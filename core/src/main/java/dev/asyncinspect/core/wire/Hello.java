package dev.asyncinspect.core.wire;

import java.util.List;

/**
 * What an agent says of itself as soon as a client is connected.
 *
 * @param wireVersion version of the wire it speaks
 * @param release version of async-inspect it comes from
 * @param pid its process id as it sees it itself, which in a container is another one than outside
 * @param jvmVersion version of its JVM as that prints it
 * @param capabilities what it can be asked for; a client passes over names it does not know
 */
public record Hello(int wireVersion, String release, long pid, String jvmVersion, List<String> capabilities) {

    /** Capability: a recording that begins can have the lines that submit tasks. */
    public static final String RECORD_SITES = "record-sites";

    /** Capability: a recording that begins can tell who takes locks, and where. */
    public static final String RECORD_LOCKS = "record-locks";
    /** Capability: a recording that begins can tell which keys are put into logging contexts. */
    public static final String RECORD_CONTEXT = "record-context";
    /** Capability: a recording that begins can follow some tasks only, and be told so by settings. */
    public static final String RECORD_SETTINGS = "record-settings";

    public Hello {
        capabilities = List.copyOf(capabilities);
    }

    /** The hello of an agent of this wire version and release. */
    public static Hello ofThisRelease(long pid, String jvmVersion, List<String> capabilities) {
        return new Hello(WireLayout.VERSION, Release.version(), pid, jvmVersion, capabilities);
    }

    void writeTo(WireBuffer body) {
        body.unsigned(WireLayout.MAGIC);
        body.int32(wireVersion);
        body.text(release, WireLayout.MAX_CAPABILITY_CHARS);
        body.unsigned(pid);
        body.text(jvmVersion, WireLayout.MAX_TEXT_CHARS);
        int count = Math.min(capabilities.size(), WireLayout.MAX_CAPABILITIES);
        body.unsigned(count);
        for (String capability : capabilities.subList(0, count)) {
            body.text(capability, WireLayout.MAX_CAPABILITY_CHARS);
        }
    }

    static Hello readFrom(WireSlice body) throws WireException {
        if (body.unsigned() != WireLayout.MAGIC) {
            throw new WireException("the other side is no async-inspect agent");
        }
        int version = body.int32();
        String release = body.text(WireLayout.MAX_CAPABILITY_CHARS);
        if (version != WireLayout.VERSION) {
            throw new WireException("the agent is of async-inspect " + release + " and speaks wire version " + version
                    + ", we speak " + WireLayout.VERSION + ": use async-inspect " + release);
        }
        long pid = body.unsigned();
        String jvmVersion = body.text(WireLayout.MAX_TEXT_CHARS);
        String[] capabilities = new String[body.count(WireLayout.MAX_CAPABILITIES, 1)];
        for (int i = 0; i < capabilities.length; i++) {
            capabilities[i] = body.text(WireLayout.MAX_CAPABILITY_CHARS);
        }
        return new Hello(version, release, pid, jvmVersion, List.of(capabilities));
    }
}
