package dev.asyncinspect.sources.pools;

import dev.asyncinspect.sources.pools.PoolObjects.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** HikariCP, 3 and later. */
final class HikariShape implements PoolShape {

    /*
     * HikariPool.connectionBag.sharedList holds a PoolEntry for each connection, state 1 if it is out. Who took it has a
     * ProxyConnection, which nothing of the pool refers to; one that was closed refers to another delegate.
     */

    private static final String POOL = "com.zaxxer.hikari.pool.HikariPool";
    private static final String PROXY = "com.zaxxer.hikari.pool.ProxyConnection";
    private static final int REMOVED = -1;
    private static final int IN_USE = 1;

    @Override
    public boolean isBorrow(String className, String method) {
        return className.equals(POOL) && method.equals("getConnection");
    }

    @Override
    public HeapPool read(PoolObjects objects, List<Long> locals) throws Missing {
        long pool = PoolShape.local(objects, locals, POOL);
        long list = objects.something(pool, "connectionBag", "sharedList");
        List<PooledObject> taken = new ArrayList<>();
        int total = 0;
        for (long entry : objects.elements(list, "com.zaxxer.hikari.pool.PoolEntry")) {
            int state = (int) objects.number(entry, "state");
            total += state == REMOVED ? 0 : 1;
            if (state == IN_USE) {
                long borrowed = objects.number(entry, "lastBorrowed"); // 0 if nobody asked for statistics
                taken.add(new PooledObject(
                        entry,
                        handles(objects, entry),
                        PooledObject.UNTOLD,
                        borrowed == 0 ? PooledObject.UNTOLD : borrowed));
            }
        }
        long most = objects.number(objects.something(pool, "config"), "maxPoolSize");
        return new HeapPool(pool, objects.path(pool, "poolName"), most, total, taken, false, Set.of());
    }

    private static List<Long> handles(PoolObjects objects, long entry) throws Missing {
        long connection = objects.something(entry, "connection");
        List<Long> handles = new ArrayList<>();
        for (long proxy : objects.thatReferTo(entry, PROXY, "poolEntry")) {
            if (objects.path(proxy, "delegate") == connection) {
                handles.add(proxy);
            }
        }
        return handles;
    }
}
