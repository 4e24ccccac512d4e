package dev.asyncinspect.agent;

import dev.asyncinspect.core.wire.LinkChannel;
import java.io.IOException;
import java.io.OutputStream;

/** Writes to a client that may be slow, for so long in all and no longer. */
final class BudgetedOutput extends OutputStream {

    /*
     * A time limit for each write would let a client that takes a few octets now and then hold a sample for hours; one for
     * the whole sample would count the reading of a large JVM against the client.
     */

    private final LinkChannel channel;
    private final OutputStream out;
    private final long budgetNanos;
    private long leftNanos;

    BudgetedOutput(LinkChannel channel, long budgetNanos) {
        this.channel = channel;
        this.out = channel.output();
        this.budgetNanos = budgetNanos;
        this.leftNanos = budgetNanos;
    }

    /** Gives the whole budget again. */
    void renew() {
        leftNanos = budgetNanos;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        long start = System.nanoTime();
        channel.expireIn(leftNanos);
        out.write(bytes, offset, length);
        leftNanos -= System.nanoTime() - start;
    }
}
