package dev.asyncinspect.core.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A connected socket whose reads and writes end by a deadline. For one thread. */
public final class LinkChannel implements Closeable {

    /*
     * Channels of Unix domain sockets know no time-outs, so the channel does not block and a selector waits instead. A
     * watchdog thread that closes the channel would do too, at the price of a second thread in the observed JVM.
     */

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private long deadlineNanoTime;

    /**
     * Takes over a connected channel; closes it if that fails.
     *
     * @param timeoutNanos time from now in which reads and writes must be done, see {@link #expireIn}
     */
    public LinkChannel(SocketChannel channel, long timeoutNanos) throws IOException {
        this.channel = channel;
        Selector opened = null;
        try {
            channel.configureBlocking(false);
            opened = Selector.open();
            this.key = channel.register(opened, 0);
            this.selector = opened;
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (opened != null) {
                opened.close();
            }
            throw e;
        }
        expireIn(timeoutNanos);
    }

    /** Sets the deadline of all reads and writes from now on. */
    public void expireIn(long timeoutNanos) {
        deadlineNanoTime = System.nanoTime() + timeoutNanos;
    }

    /** What the other side sends; throws {@link SocketTimeoutException} at the deadline. */
    public InputStream input() {
        return new Input();
    }

    /** What the other side gets; throws {@link SocketTimeoutException} at the deadline. */
    public OutputStream output() {
        return new Output();
    }

    @Override
    public void close() throws IOException {
        // The channel first: closing it cancels the key, and the selector's own close then gives back the descriptor.
        try (selector) {
            channel.close();
        }
    }

    private void await(int operation) throws IOException {
        long restNanos = deadlineNanoTime - System.nanoTime();
        if (restNanos <= 0) {
            throw new SocketTimeoutException("the other side did not go on in time");
        }
        key.interestOps(operation);
        selector.select(TimeUnit.NANOSECONDS.toMillis(restNanos) + 1);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for the other side");
        }
    }

    private final class Input extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            ByteBuffer into = ByteBuffer.wrap(bytes, offset, length);
            while (true) {
                int count = channel.read(into);
                if (count != 0) {
                    return count;
                }
                await(SelectionKey.OP_READ);
            }
        }
    }

    private final class Output extends OutputStream {

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
            while (from.hasRemaining()) {
                if (channel.write(from) == 0) {
                    await(SelectionKey.OP_WRITE);
                }
            }
        }
    }
}
