package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.constant;
import static dev.asyncinspect.weaving.Capture.top;

import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.ArrayList;
import java.util.List;

/** Hooks where threads wait for sockets and selectors. */
final class SocketWeaving {

    /*
     * A platform thread reads, accepts and connects in native code, and nobody can tell beforehand whether it will have to wait: so the
     * whole call is told, for platform threads alone. A virtual thread comes to park() only when there is nothing yet; who calls
     * that says what for, and it ends where park() does.
     *
     * Programs without sockets need not load these classes for us.
     *
     * A selector that is only asked (selectNow) waits for nothing. Blocking channels are left out: the same methods serve those that
     * never block, which are called most.
     */

    private static final String SOCKET = "sun.nio.ch.NioSocketImpl";
    private static final String READ = "java.net.Socket.read";
    private static final String WRITE = "java.net.Socket.write";
    private static final String CONNECT = "java.net.Socket.connect";
    private static final String ACCEPT = "java.net.ServerSocket.accept";
    private static final String SELECT = "java.nio.channels.Selector.select";

    private final Awaits awaits;

    SocketWeaving(Awaits awaits) {
        this.awaits = awaits;
    }

    List<Hook> hooks(int feature) {
        List<Hook> hooks = new ArrayList<>();
        call(hooks, "reads", READ, "implRead");
        call(hooks, "accepts", ACCEPT, "accept(Ljava/net/SocketImpl;)V");
        call(hooks, "connects", CONNECT, "connect(Ljava/net/SocketAddress;I)V");
        String select = "lockAndDoSelect";
        hooks.add(in("sun.nio.ch.SelectorImpl", "selector.selects", select)
                .at(Place.beforeCall("doSelect"))
                .handing(top())
                .toNumber((nothing, timeout) -> selects(timeout)));
        hooks.add(in("sun.nio.ch.SelectorImpl", "selector.selected", select)
                .at(Place.afterCall("doSelect"))
                .handing(argument(1))
                .toNumber((nothing, timeout) -> selected(timeout)));
        hooks.add(in("sun.nio.ch.SelectorImpl", "selector.select-threw", select)
                .at(Place.thrown())
                .handing(constant(0))
                .toNumber((nothing, zero) -> awaits.ends()));
        if (feature >= JdkHooks.FIRST_WITH_VIRTUAL_THREADS) {
            parks(hooks, "read", READ, "implRead", "timedRead");
            parks(hooks, "accept", ACCEPT, "accept", "timedAccept");
            parks(hooks, "connect", CONNECT, "connect", "timedFinishConnect");
            parks(hooks, "write", WRITE, "implWrite");
            String park = "park(Ljava/io/FileDescriptor;IJ)V";
            hooks.add(in(SOCKET, "socket.parked", park)
                    .at(Place.exit())
                    .handing(constant(1))
                    .toNumber(this::over));
            hooks.add(in(SOCKET, "socket.park-threw", park)
                    .at(Place.thrown())
                    .handing(constant(1))
                    .toNumber(this::over));
        }
        return hooks;
    }

    /** Where a virtual thread is about to park; that it goes on is told by the parks themselves. */
    private void parks(List<Hook> hooks, String moment, String label, String... methods) {
        hooks.add(Hook.named("socket." + moment + "-parks")
                .in(SOCKET)
                .methods(methods)
                .whenLoaded()
                .at(Place.beforeCall("park"))
                .handing(constant(0))
                .toNumber((nothing, zero) -> {
                    if (VirtualThreadWeaving.isVirtual(Thread.currentThread())) {
                        awaits.begins(label, false);
                    }
                }));
    }

    private static Hook.Draft in(String type, String name, String method) {
        return Hook.named(name).in(type).methods(method).whenLoaded();
    }

    private void call(List<Hook> hooks, String moment, String label, String method) {
        hooks.add(in(SOCKET, "socket." + moment, method).handing(constant(0)).toNumber((nothing, zero) -> {
            if (!VirtualThreadWeaving.isVirtual(Thread.currentThread())) {
                awaits.stops(label, false, 0);
            }
        }));
        hooks.add(in(SOCKET, "socket." + moment + "-no-longer", method)
                .at(Place.exit())
                .handing(constant(0))
                .toNumber(this::over));
        hooks.add(in(SOCKET, "socket." + moment + "-in-vain", method)
                .at(Place.thrown())
                .handing(constant(0))
                .toNumber(this::over));
    }

    /** What was begun for this sort of thread is over. */
    private void over(Object nothing, long virtual) {
        if (VirtualThreadWeaving.isVirtual(Thread.currentThread()) == (virtual != 0)) {
            awaits.ends();
        }
    }

    private void selects(long timeout) {
        if (timeout != 0) {
            awaits.stops(SELECT, timeout > 0, 0);
        }
    }

    private void selected(long timeout) {
        if (timeout != 0) {
            awaits.ends();
        }
    }
}
