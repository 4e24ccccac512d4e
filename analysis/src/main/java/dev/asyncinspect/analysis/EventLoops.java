package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one kind of event loop.
 *
 * @param name what its users call it
 * @param loop methods that make a thread an event loop
 * @param dispatch methods under which the loop runs somebody's handler; without one of them the loop is idle
 * @param offload what to do instead of blocking it
 */
record EventLoops(String name, Set<String> loop, Set<String> dispatch, String offload) {

    private static final Set<String> NETTY = Set.of(
            "io.netty.channel.nio.NioEventLoop.run",
            "io.netty.channel.epoll.EpollEventLoop.run",
            "io.netty.channel.epoll.EPollEventLoop.run",
            "io.netty.channel.DefaultEventLoop.run",
            "io.netty.channel.SingleThreadIoEventLoop.run",
            "io.netty.util.concurrent.DefaultEventExecutor.run");

    private static final List<EventLoops> KNOWN = List.of(
            new EventLoops(
                    "Vert.x event loop",
                    NETTY, // its workers dispatch in the same way, and may block
                    Set.of(
                            "io.vertx.core.impl.EventLoopContext.execute",
                            "io.vertx.core.impl.EventLoopContext.emit",
                            "io.vertx.core.impl.ContextInternal.dispatch",
                            "io.vertx.core.internal.ContextInternal.dispatch"),
                    "Vertx.executeBlocking or a worker verticle"),
            new EventLoops(
                    "Netty event loop",
                    NETTY,
                    Set.of(
                            "io.netty.util.concurrent.AbstractEventExecutor.safeExecute",
                            "io.netty.util.concurrent.AbstractEventExecutor.runTask",
                            "io.netty.util.concurrent.DefaultEventExecutor.run",
                            "io.netty.channel.DefaultEventLoop.run",
                            "io.netty.channel.nio.NioEventLoop.processSelectedKey",
                            "io.netty.channel.nio.NioIoHandler.processSelectedKey",
                            "io.netty.channel.epoll.EpollEventLoop.processReady",
                            "io.netty.channel.epoll.EpollIoHandler.processReady"),
                    "an executor of your own (DefaultEventExecutorGroup, a pool, virtual threads)"),
            new EventLoops(
                    "JDK HTTP server dispatcher",
                    Set.of("sun.net.httpserver.ServerImpl$Dispatcher.run"),
                    Set.of("sun.net.httpserver.ServerImpl$Exchange.run"),
                    "HttpServer.setExecutor with a pool or virtual threads"),
            new EventLoops(
                    "AWT event dispatch thread",
                    Set.of("java.awt.EventDispatchThread.run"),
                    Set.of("java.awt.EventQueue.dispatchEvent"),
                    "SwingWorker"),
            new EventLoops(
                    "JavaFX application thread",
                    Set.of("com.sun.glass.ui.gtk.GtkApplication._runLoop", "com.sun.glass.ui.Application.run"),
                    Set.of("com.sun.glass.ui.InvokeLaterDispatcher$Future.run", "com.sun.glass.ui.View.notifyMouse"),
                    "javafx.concurrent.Task"),
            new EventLoops(
                    "Reactor non-blocking thread",
                    Set.of(
                            "reactor.core.scheduler.SchedulerTask.call",
                            "reactor.core.scheduler.WorkerTask.call",
                            "reactor.core.scheduler.PeriodicSchedulerTask.call"),
                    Set.of(
                            "reactor.core.scheduler.SchedulerTask.call",
                            "reactor.core.scheduler.WorkerTask.call",
                            "reactor.core.scheduler.PeriodicSchedulerTask.call"),
                    "Schedulers.boundedElastic() or subscribeOn"));

    /** The kind of loop that this task is and that is inside a handler now; null if it is none, or idle. */
    static @Nullable EventLoops dispatchingOn(Task task) {
        StackTrace stack = task.stack();
        for (EventLoops kind : KNOWN) {
            if (Stacks.indexOf(stack, kind.loop) >= 0 && kind.inHandler(task)) {
                return kind;
            }
        }
        return null;
    }

    private boolean inHandler(Task task) {
        int dispatched = Stacks.indexOf(task.stack(), dispatch);
        if (dispatched < 0 || (name.startsWith("Reactor") && !nonBlockingName(task.name()))) {
            return false;
        }
        for (Frame frame : task.stack().frames().subList(0, dispatched)) {
            if (!frame.isJdk() && !frame.isHidden() && !frame.className().startsWith("io.netty.")) {
                return true; // somebody's own code was called, and it is what blocks
            }
        }
        return false;
    }

    /** Reactor marks the threads of these schedulers as NonBlocking; boundedElastic may block. */
    private static boolean nonBlockingName(String name) {
        return name.startsWith("parallel-") || name.startsWith("single-") || name.startsWith("reactor-http-");
    }
}
