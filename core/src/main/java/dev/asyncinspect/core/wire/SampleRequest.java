package dev.asyncinspect.core.wire;

/**
 * The order to take a sample.
 *
 * @param maxRows how many rows to send at most, at least 1; the rest is counted and dropped
 * @param stacks whether to read stacks
 * @param maxStackDepth frames of a stack to send at most, innermost first, 1 to {@link #MAX_STACK_DEPTH}
 * @param monitors whether to read also the monitors of virtual threads that stand where they stood in the sample before
 */
public record SampleRequest(int maxRows, boolean stacks, int maxStackDepth, boolean monitors) {

    /** The deepest stack that crosses the link. */
    public static final int MAX_STACK_DEPTH = WireLayout.MAX_STACK_DEPTH;

    /** The order to take a sample without monitors. */
    public SampleRequest(int maxRows, boolean stacks, int maxStackDepth) {
        this(maxRows, stacks, maxStackDepth, false);
    }

    public SampleRequest {
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows must be at least 1: " + maxRows);
        }
        if (maxStackDepth < 1 || maxStackDepth > MAX_STACK_DEPTH) {
            throw new IllegalArgumentException("maxStackDepth must be 1 to " + MAX_STACK_DEPTH + ": " + maxStackDepth);
        }
    }

    void writeTo(WireBuffer body) {
        body.int32(maxRows);
        body.octet((stacks ? WireLayout.FLAG_STACKS : 0) | (monitors ? WireLayout.FLAG_MONITORS : 0));
        body.int32(maxStackDepth);
    }

    static SampleRequest readFrom(WireSlice body) throws WireException {
        int maxRows = body.int32();
        int flags = body.octet();
        boolean stacks = (flags & WireLayout.FLAG_STACKS) != 0;
        boolean monitors = (flags & WireLayout.FLAG_MONITORS) != 0;
        int maxStackDepth = body.int32();
        try {
            return new SampleRequest(maxRows, stacks, maxStackDepth, monitors);
        } catch (IllegalArgumentException e) {
            WireException refusal = new WireException("a sample is asked for whose " + e.getMessage());
            refusal.initCause(e);
            throw refusal;
        }
    }
}
