package dev.asyncinspect.sources.pools;

import dev.asyncinspect.sources.heap.HeapClass;
import dev.asyncinspect.sources.pools.PoolObjects.Missing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The strict pools of Apache HttpClient 4 and 5, in which a connection is limited in all and for each route. */
final class HttpClientShape implements PoolShape {

    private static final String POOL_4 = "org.apache.http.pool.AbstractConnPool";
    private static final String ENTRY_4 = "org.apache.http.pool.PoolEntry";
    private static final String ROUTE_4 = "org.apache.http.pool.RouteSpecificPool";
    private static final String MANAGER_5 = "org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager";
    private static final String POOL_5 = "org.apache.hc.core5.pool.StrictConnPool";
    private static final String ROUTE_5 = POOL_5 + "$PerRoutePool";
    private static final String ENTRY_5 = "org.apache.hc.core5.pool.PoolEntry";

    @Override
    public boolean isBorrow(String className, String method) {
        return (className.equals(POOL_4) && method.equals("getPoolEntryBlocking"))
                || (className.startsWith(MANAGER_5 + "$") && method.equals("get"));
    }

    @Override
    public HeapPool read(PoolObjects objects, List<Long> locals) throws Missing {
        for (long local : locals) {
            HeapClass type = objects.heap().classOf(local);
            if (type != null && type.isA(POOL_4)) {
                return read(objects, local, ENTRY_4, PoolShape.local(objects, locals, ROUTE_4));
            }
            if (type != null
                    && type.name().startsWith(MANAGER_5 + "$")
                    && objects.heap().has(local, "val$leaseFuture")) {
                long pool = objects.something(local, "this$0", "pool");
                if (!objects.heap().isA(pool, POOL_5)) {
                    throw new Missing(POOL_5);
                }
                return read(objects, pool, ENTRY_5, 0);
            }
        }
        throw new Missing("the pool of a lease");
    }

    /**
     * The pool that is used up: the one of all connections, or that of a route.
     *
     * @param route the pool of the route that is waited for; 0 if it is not known which one
     */
    private static HeapPool read(PoolObjects objects, long pool, String entryClass, long route) throws Missing {
        long routes = objects.something(pool, "routeToPool");
        Set<Long> internals =
                new HashSet<>(List.of(routes, objects.something(pool, "leased"), objects.something(pool, "available")));
        List<Long> ofRoutes = objects.elements(routes, entryClass.equals(ENTRY_4) ? ROUTE_4 : ROUTE_5);
        for (long each : ofRoutes) {
            internals.add(objects.something(each, "leased"));
            internals.add(objects.something(each, "available"));
        }
        HeapPool all = pool(objects, pool, entryClass, objects.number(pool, "maxTotal"), internals);
        if (all.isExhausted()) {
            return all;
        }
        long limits = objects.something(pool, "maxPerRoute");
        boolean limitsDiffer = objects.number(limits, objects.heap().has(limits, "size") ? "size" : "baseCount") != 0;
        long most = limitsDiffer ? PooledObject.UNTOLD : objects.number(pool, "defaultMaxPerRoute");
        if (route != 0) {
            return pool(objects, route, entryClass, most, internals);
        }
        List<HeapPool> usedUp = new ArrayList<>();
        for (long each : ofRoutes) {
            HeapPool ofRoute = pool(objects, each, entryClass, most, internals);
            if (ofRoute.isExhausted()) {
                usedUp.add(ofRoute);
            }
        }
        if (usedUp.size() != 1) {
            throw new Missing("the one route that is used up");
        }
        return usedUp.get(0);
    }

    private static HeapPool pool(PoolObjects objects, long pool, String entryClass, long most, Set<Long> internals)
            throws Missing {
        List<Long> leased = objects.elements(objects.something(pool, "leased"), entryClass);
        int available = objects.elements(objects.something(pool, "available"), entryClass)
                .size();
        List<PooledObject> taken = leased.stream().map(PooledObject::of).toList();
        return new HeapPool(pool, 0, most, leased.size() + available, taken, false, internals);
    }
}
