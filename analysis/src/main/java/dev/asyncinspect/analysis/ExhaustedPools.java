package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code pool-exhausted}: tasks wait for a pooled connection and nobody gives one back. */
final class ExhaustedPools implements Question {

    /*
     * Recognised by the frames of the pool in which a borrower waits. A dump does not show who holds the connections. If
     * some thread is inside a statement of such a connection, waiting for one is the pool at work; if none is and the same
     * borrowers stand still, the connections are held by tasks that do something else, or were never given back.
     */

    private record Pool(String name, Set<String> borrow, List<String> inUse) {}

    private static final String MANAGER_5 = "org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager";

    private static final Set<ResourceKind> OTHER = EnumSet.of(
            ResourceKind.MONITOR,
            ResourceKind.LOCK,
            ResourceKind.READ_WRITE_LOCK,
            ResourceKind.CLASS_INIT,
            ResourceKind.IO,
            ResourceKind.SLEEP);

    private static final List<Pool> POOLS = List.of(
            new Pool(
                    "HikariCP",
                    Set.of("com.zaxxer.hikari.pool.HikariPool.getConnection"),
                    List.of("com.zaxxer.hikari.pool.Proxy", "com.zaxxer.hikari.pool.HikariProxy")),
            new Pool(
                    "Tomcat JDBC pool",
                    Set.of("org.apache.tomcat.jdbc.pool.ConnectionPool.borrowConnection"),
                    List.of(
                            "org.apache.tomcat.jdbc.pool.ProxyConnection",
                            "org.apache.tomcat.jdbc.pool.StatementFacade",
                            "org.apache.tomcat.jdbc.pool.interceptor.")),
            new Pool(
                    "commons-dbcp2",
                    Set.of("org.apache.commons.dbcp2.PoolingDataSource.getConnection"),
                    List.of("org.apache.commons.dbcp2.Delegating", "org.apache.commons.dbcp2.PoolableConnection.")),
            new Pool(
                    "commons-dbcp",
                    Set.of("org.apache.commons.dbcp.PoolingDataSource.getConnection"),
                    List.of("org.apache.commons.dbcp.Delegating", "org.apache.commons.dbcp.PoolableConnection.")),
            new Pool(
                    "Druid",
                    Set.of("com.alibaba.druid.pool.DruidDataSource.getConnectionInternal"),
                    List.of("com.alibaba.druid.pool.DruidPooled")),
            new Pool(
                    "BoneCP",
                    Set.of("com.jolbox.bonecp.BoneCP.getConnection"),
                    List.of("com.jolbox.bonecp.ConnectionHandle", "com.jolbox.bonecp.StatementHandle")),
            new Pool(
                    "c3p0",
                    Set.of("com.mchange.v2.resourcepool.BasicResourcePool.awaitAvailable"),
                    List.of("com.mchange.v2.c3p0.impl.NewProxy")),
            new Pool(
                    "Agroal",
                    Set.of("io.agroal.pool.ConnectionPool.getConnection"),
                    List.of("io.agroal.pool.wrapper.")),
            new Pool(
                    "commons-pool2",
                    Set.of(
                            "org.apache.commons.pool2.impl.GenericObjectPool.borrowObject",
                            "org.apache.commons.pool2.impl.GenericKeyedObjectPool.borrowObject"),
                    List.of()),
            new Pool(
                    "commons-pool",
                    Set.of(
                            "org.apache.commons.pool.impl.GenericObjectPool.borrowObject",
                            "org.apache.commons.pool.impl.GenericKeyedObjectPool.borrowObject"),
                    List.of()),
            new Pool(
                    "Apache HTTP client pool",
                    Set.of(
                            "org.apache.commons.httpclient.MultiThreadedHttpConnectionManager.doGetConnection",
                            "org.apache.http.impl.conn.tsccm.ConnPoolByRoute.getEntryBlocking",
                            "org.apache.http.impl.conn.PoolingHttpClientConnectionManager.leaseConnection",
                            "org.apache.hc.core5.pool.StrictConnPool.lease",
                            MANAGER_5 + "$1.get",
                            MANAGER_5 + "$2.get",
                            MANAGER_5 + "$3.get"),
                    List.of("org.apache.http.protocol.HttpRequestExecutor", "org.apache.hc.core5.http.impl.io.")));

    @Override
    public List<Finding> ask(Samples samples) {
        if (!samples.several()) {
            return List.of();
        }
        Snapshot snapshot = samples.latest();
        Map<Pool, List<Task>> waiting = new LinkedHashMap<>();
        for (Task task : snapshot.tasks()) {
            Pool pool =
                    task.state() == TaskState.BLOCKED && task.waiting() != null ? borrowingFrom(task.stack()) : null;
            if (pool != null && mayBeForPool(snapshot, task) && !tellsLeases(snapshot, task) && samples.unmoved(task)) {
                waiting.computeIfAbsent(pool, p -> new ArrayList<>()).add(task);
            }
        }
        List<Finding> findings = new ArrayList<>();
        waiting.forEach((pool, borrowers) -> findings.add(finding(samples, pool, borrowers)));
        return findings;
    }

    /** Whether it waits there for a connection, and not for a lock of the pool or for the server that is being connected to. */
    private static boolean mayBeForPool(Snapshot snapshot, Task task) {
        Wait wait = Objects.requireNonNull(task.waiting());
        Resource resource = snapshot.resource(wait.resourceId());
        return resource == null || !OTHER.contains(resource.kind());
    }

    /** Whether the objects of the pool say more than frames do. */
    private static boolean tellsLeases(Snapshot snapshot, Task task) {
        Wait wait = Objects.requireNonNull(task.waiting());
        Resource resource = snapshot.resource(wait.resourceId());
        return resource != null && resource.leases() != null;
    }

    private static @Nullable Pool borrowingFrom(StackTrace stack) {
        for (Pool pool : POOLS) {
            if (Stacks.indexOf(stack, pool.borrow) >= 0) {
                return pool;
            }
        }
        return null;
    }

    private static Finding finding(Samples samples, Pool pool, List<Task> borrowers) {
        Snapshot snapshot = samples.latest();
        long users = snapshot.tasks().stream()
                .filter(task -> !borrowers.contains(task) && uses(task.stack(), pool))
                .count();
        boolean unused = users == 0 && !pool.inUse.isEmpty();
        Set<String> places = new LinkedHashSet<>();
        List<Link> chain = new ArrayList<>();
        for (Task borrower : borrowers) {
            Wait wait = Objects.requireNonNull(borrower.waiting());
            chain.add(new Link(borrower.id(), wait.resourceId(), null, List.of()));
            Frame caller = callerOf(borrower.stack(), pool);
            places.add(caller == null ? "an unknown place" : caller.toString());
        }
        String where = Words.firstOf(List.copyOf(places), 3);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.observed(
                Words.count(borrowers.size(), "task") + " wait inside " + pool.name + " and do not move: " + where));
        evidence.add(
                unused
                        ? Evidence.observed("no thread is inside a call on a connection of this pool")
                        : Evidence.observed(Words.count(users, "thread") + " inside a call on a connection of it"));
        return new Finding(
                FindingKind.POOL_EXHAUSTED,
                unused ? Confidence.LIKELY : Confidence.HINT,
                samples.basis(),
                Words.waits(borrowers.size(), "task") + " for a connection of " + pool.name
                        + (unused
                                ? ", but no thread is using one: they are held elsewhere or were never given back."
                                : "; all of them are taken."),
                chain,
                false,
                borrowers.stream().map(Task::id).toList(),
                List.of(),
                chain.stream().map(Link::resourceId).distinct().toList(),
                evidence,
                unused
                        ? "tasks that hold a connection are busy with something else and will give it back"
                        : "the pool is under load and a connection comes free soon",
                List.of(
                        "Close every connection in a try-with-resources; look for one that is opened and not closed,"
                                + " or opened while another is held.",
                        "Let the pool tell: leak detection (HikariCP leakDetectionThreshold, DBCP"
                                + " removeAbandonedOnBorrow, Tomcat logAbandoned).",
                        "Do not hold a connection across slow work that needs none."));
    }

    private static boolean uses(StackTrace stack, Pool pool) {
        return stack.frames().stream()
                .anyMatch(frame ->
                        pool.inUse.stream().anyMatch(prefix -> frame.className().startsWith(prefix)));
    }

    /** The frame of the program that asked for the connection. */
    private static @Nullable Frame callerOf(StackTrace stack, Pool pool) {
        int borrow = Stacks.indexOf(stack, pool.borrow);
        String library = pool.borrow.iterator().next();
        String vendor = library.substring(0, library.indexOf('.', library.indexOf('.') + 1));
        for (Frame frame : stack.frames().subList(borrow, stack.frames().size())) {
            if (!frame.isJdk() && !frame.isHidden() && !frame.className().startsWith(vendor)) {
                return frame;
            }
        }
        return null;
    }
}
