package dev.asyncinspect.examples.clinic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** Porters of an inn who ring at its own door and wait for an answer, while no porter is left to open. */
final class PoolStarvationLoopback implements Fault {

    private static final int MOST_WAITING = 1000;

    @Override
    public String name() {
        return "pool-starvation-loopback";
    }

    @Override
    public String about() {
        return "tasks of a server's pool that call the same server over a socket and wait for its answer";
    }

    @Override
    public Size size() {
        return Size.of("porters in the pool", 2, 1, 200);
    }

    @Override
    public void start(Ward ward) throws IOException {
        int count = ward.size();
        Crew porters = ward.crew("porter", count);
        // Repaired: whoever rings from inside is answered by somebody else.
        Crew answering = ward.healthy() ? ward.crew("page", count) : porters;
        ServerSocket door = new ServerSocket();
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MOST_WAITING);
        Inn inn = new Inn(door, porters.pool(), answering.pool(), ward.meeting(count), new AtomicInteger());
        ward.start("doorman", 1, inn::open);
        for (int number = 1; number <= count; number++) {
            ward.hire("traveller", number, inn::errand, inn::errand);
        }
        if (!ward.healthy()) {
            ward.until(
                    "every porter waits for an answer",
                    () -> inn.rung().get() == count
                            && porters.threads().stream().allMatch(PoolStarvationLoopback::reads));
        }
        ward.settle();
    }

    private static boolean reads(Thread porter) {
        return List.of(porter.getStackTrace()).stream()
                .anyMatch(frame -> frame.getClassName().equals("sun.nio.ch.NioSocketImpl")
                        && frame.getMethodName().equals("implRead"));
    }

    private record Inn(
            ServerSocket door, ExecutorService porters, ExecutorService answering, Meeting rush, AtomicInteger rung) {

        void errand() throws InterruptedException, ExecutionException {
            porters.submit(this::ring).get();
        }

        private int ring() throws IOException {
            rush.arrive();
            try (Socket bell = new Socket(door.getInetAddress(), door.getLocalPort())) {
                return bell.getInputStream().read();
            }
        }

        void open() throws IOException {
            while (true) {
                Socket caller = door.accept();
                answering.execute(() -> answer(caller));
                rung.incrementAndGet();
            }
        }

        private static void answer(Socket caller) {
            try (caller) {
                caller.getOutputStream().write(1);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
