import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;
import org.apache.tomcat.util.threads.TaskQueue;
import org.apache.tomcat.util.threads.TaskThreadFactory;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import io.netty.util.HashedWheelTimer;
import org.jboss.threads.EnhancedQueueExecutor;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Pools of several libraries. {@code sick}: all workers of each wait for work that lies in its own queue, or for the end of their pool.
 * {@code healthy}: the same workers wait for somebody else, who comes to it later, while work lies in their queues as well.
 */
public class PoolsOfOthers {

    interface Wait {
        void await() throws Exception;
    }

    static final long LONG = 600_000;
    static final int WORKERS = 2;
    static final AtomicInteger about = new AtomicInteger();
    static final List<Thread> waiting = new CopyOnWriteArrayList<>();
    static final ExecutorService later = Executors.newSingleThreadExecutor(work -> named(work, "later"));
    static CountDownLatch begun;

    public static void main(String[] arguments) throws Exception {
        boolean sick = arguments[0].equals("sick");
        later.execute(PoolsOfOthers::sleep);
        Executor common = ForkJoinPool.commonPool();
        QueuedThreadPool jetty = new QueuedThreadPool(WORKERS, WORKERS);
        jetty.setName("jetty");
        jetty.setReservedThreads(0);
        jetty.start();
        TaskQueue queue = new TaskQueue();
        ThreadPoolExecutor tomcat = new ThreadPoolExecutor(
                WORKERS, WORKERS, 1, TimeUnit.MINUTES, queue, new TaskThreadFactory("tomcat-", true, Thread.NORM_PRIORITY));
        queue.setParent(tomcat);
        EnhancedQueueExecutor jboss = new EnhancedQueueExecutor.Builder()
                .setCorePoolSize(WORKERS)
                .setMaximumPoolSize(WORKERS)
                .setThreadFactory(work -> named(work, "jboss"))
                .build();
        CoroutineDispatcher kotlin = Dispatchers.getDefault();
        CoroutineDispatcher io = Dispatchers.getIO().limitedParallelism(WORKERS);
        Executor limited = work -> io.dispatch(EmptyCoroutineContext.INSTANCE, named("limited", work));
        Bus bus = new Bus();
        Executor dispatched = work -> kotlin.dispatch(EmptyCoroutineContext.INSTANCE, work);
        CoroutineDispatcher other = sick ? kotlin : ExecutorsKt.from((Executor) later);

        EnhancedQueueExecutor wrapped = new EnhancedQueueExecutor.Builder()
                .setCorePoolSize(WORKERS)
                .setMaximumPoolSize(WORKERS)
                .setThreadFactory(work -> named(work::run, "wrapped"))
                .build();
        Executor deep = work -> wrapped.execute(within(40, work));

        fill(common, () -> latch(sick ? common : later));
        fill(wrapped, () -> latch(sick ? deep : later));
        fill(jetty, () -> latch(sick ? jetty : later));
        fill(tomcat, () -> future(sick ? tomcat : later));
        fill(jboss, () -> future(sick ? jboss : later));
        fill(dispatched, () -> coroutine(other));
        fill(limited, () -> latch(sick ? limited : later));
        begun = new CountDownLatch(1);
        bus.publish(() -> await(() -> latch(sick ? bus::publish : later)));
        begun.await();
        HashedWheelTimer wheel = new HashedWheelTimer(work -> named(work, "wheel"));
        Executor due = work -> wheel.newTimeout(timeout -> work.run(), 0, TimeUnit.MILLISECONDS);
        begun = new CountDownLatch(1);
        due.execute(() -> await(() -> latch(sick ? due : later)));
        begun.await();
        for (Executor pool : List.<Executor>of(common, jetty, tomcat, jboss, wrapped, dispatched, limited, bus::publish)) {
            pool.execute(() -> System.out.println("nobody runs this"));
        }
        server(sick);
        ends(sick);
        while (about.get() < waiting.size()) {
            LockSupport.parkNanos(5_000_000);
        }
        for (Thread thread : waiting) {
            for (int seen = 0; seen < 10; ) {
                seen = thread.getState().name().endsWith("WAITING") ? seen + 1 : 0;
                LockSupport.parkNanos(5_000_000);
            }
        }
        System.out.println("ready");
        System.in.read();
    }

    /** Hands on what happened to whoever listens, one after the other: a thread of its own takes it from a queue. */
    static class Bus {

        interface Listener {
            void happened();
        }

        private final BlockingQueue<Listener> events = new LinkedBlockingQueue<>();

        Bus() {
            named(this::deliver, "bus").start();
        }

        void publish(Runnable listener) {
            events.add(listener::run);
        }

        private void deliver() {
            try {
                while (true) {
                    events.take().happened();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A server whose handlers call a server and wait for its answer: the same, or one that takes its time. */
    static void server(boolean sick) throws Exception {
        java.util.concurrent.ThreadPoolExecutor web = (java.util.concurrent.ThreadPoolExecutor)
                Executors.newFixedThreadPool(WORKERS, work -> named(work, "web"));
        CountDownLatch asked = new CountDownLatch(WORKERS);
        ExecutorService slow = Executors.newFixedThreadPool(WORKERS, work -> named(work, "slow"));
        HttpServer other = open(slow, exchange -> {
            asked.countDown();
            sleep();
        });
        HttpServer own = open(web, exchange -> System.out.println("nobody runs this"));
        URI inside = address(sick ? own : other, "/inside");
        HttpClient client = HttpClient.newHttpClient();
        begun = new CountDownLatch(WORKERS);
        own.createContext(
                "/outside",
                exchange -> await(() -> {
                    about.incrementAndGet();
                    client.send(HttpRequest.newBuilder(inside).build(), HttpResponse.BodyHandlers.discarding());
                }));
        for (int i = 0; i < WORKERS; i++) {
            named(() -> read(address(own, "/outside")), "client").start();
        }
        begun.await();
        if (sick) {
            while (web.getQueue().size() < WORKERS) {
                LockSupport.parkNanos(5_000_000);
            }
        } else {
            asked.await();
            web.execute(() -> System.out.println("nobody runs this"));
        }
    }

    static HttpServer open(ExecutorService pool, HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(pool);
        server.createContext("/inside", handler);
        server.start();
        return server;
    }

    static URI address(HttpServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    static void read(URI address) {
        try {
            address.toURL().openStream().read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two pools of which each waits for the end of the other, a fork-join pool that waits for its own, and one that does so for a time. */
    static void ends(boolean sick) throws Exception {
        ExecutorService hour = Executors.newSingleThreadExecutor(work -> named(work, "hour"));
        ExecutorService east = Executors.newSingleThreadExecutor(work -> named(work, "east"));
        ExecutorService west = Executors.newSingleThreadExecutor(work -> named(work, "west"));
        ForkJoinPool fork = new ForkJoinPool(1);
        begun = new CountDownLatch(4);
        hour.execute(() -> await(() -> awaitHour(sick ? hour : west)));
        east.execute(() -> await(sick ? () -> awaitEnd(west) : PoolsOfOthers::sleepOn));
        west.execute(() -> await(() -> awaitEnd(sick ? east : fork)));
        fork.execute(() -> await(sick ? () -> awaitEnd(fork) : PoolsOfOthers::sleepOn));
        begun.await();
        hour.shutdown();
        east.shutdown();
        west.shutdown();
        fork.shutdown();
    }

    /** Has as many tasks wait like this as the pool has workers, and waits until all are about to. */
    static void fill(Executor pool, Wait wait) throws Exception {
        begun = new CountDownLatch(WORKERS);
        for (int i = 0; i < WORKERS; i++) {
            pool.execute(() -> await(wait));
        }
        begun.await();
    }

    static void await(Wait wait) {
        CountDownLatch all = begun;
        waiting.add(Thread.currentThread());
        all.countDown();
        try {
            all.await();
            wait.await();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    static void latch(Executor signaller) throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        signaller.execute(latch::countDown);
        about.incrementAndGet();
        latch.await();
    }

    static void future(Executor runner) throws Exception {
        FutureTask<Integer> task = new FutureTask<>(() -> 1);
        runner.execute(task);
        about.incrementAndGet();
        task.get();
    }

    static void coroutine(CoroutineDispatcher dispatcher) throws Exception {
        about.incrementAndGet();
        BuildersKt.runBlocking(
                EmptyCoroutineContext.INSTANCE,
                (scope, outer) -> BuildersKt.withContext((CoroutineContext) dispatcher, (inner, last) -> 1, outer));
    }

    static void awaitEnd(ExecutorService pool) throws Exception {
        about.incrementAndGet();
        pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    static void awaitHour(ExecutorService pool) throws Exception {
        about.incrementAndGet();
        pool.awaitTermination(1, TimeUnit.HOURS);
    }

    static void sleepOn() {
        about.incrementAndGet();
        sleep();
    }

    static void sleep() {
        try {
            Thread.sleep(LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same work inside of so many others, as operators of a reactive library are. */
    static Runnable within(int depth, Runnable work) {
        Runnable outer = work;
        for (int i = 0; i < depth; i++) {
            Runnable inner = outer;
            outer = () -> inner.run();
        }
        return outer;
    }

    /** The same work on a thread of this name. */
    static Runnable named(String name, Runnable work) {
        return () -> {
            Thread.currentThread().setName(name);
            work.run();
        };
    }

    static Thread named(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
