package dev.asyncinspect.sources.pools;

import dev.asyncinspect.sources.pools.PoolObjects.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Agroal, the pool of Quarkus and WildFly. */
final class AgroalShape implements PoolShape {

    private static final String POOL = "io.agroal.pool.ConnectionPool";
    private static final String HANDLER = "io.agroal.pool.ConnectionHandler";

    @Override
    public boolean isBorrow(String className, String method) {
        return className.equals(POOL) && (method.equals("handlerFromSharedCache") || method.equals("getConnection"));
    }

    @Override
    public HeapPool read(PoolObjects objects, List<Long> locals) throws Missing {
        long pool = PoolShape.local(objects, locals, POOL);
        long out = objects.constant(HANDLER + "$State", "CHECKED_OUT");
        List<Long> handlers = objects.elements(objects.something(pool, "allConnections"), HANDLER);
        List<PooledObject> taken = new ArrayList<>();
        for (long handler : handlers) {
            if (objects.path(handler, "state") == out) {
                taken.add(new PooledObject(
                        handler, wrappers(objects, handler), PooledObject.UNTOLD, PooledObject.UNTOLD));
            }
        }
        long configuration = objects.something(pool, "configuration", "this$0");
        long most = objects.number(configuration, "maxSize");
        return new HeapPool(pool, 0, most, handlers.size(), taken, false, Set.of());
    }

    private static List<Long> wrappers(PoolObjects objects, long handler) throws Missing {
        long connection = objects.something(handler, "connection");
        List<Long> wrappers = new ArrayList<>();
        for (long wrapper : objects.thatReferTo(handler, "io.agroal.pool.wrapper.ConnectionWrapper", "handler")) {
            if (objects.path(wrapper, "wrappedConnection") == connection) {
                wrappers.add(wrapper);
            }
        }
        return wrappers;
    }
}
