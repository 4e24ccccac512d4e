package dev.asyncinspect.sources.pools;

import dev.asyncinspect.sources.pools.PoolObjects.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The JDBC pool of Tomcat. */
final class TomcatShape implements PoolShape {

    private static final String PACKAGE = "org.apache.tomcat.jdbc.pool.";
    private static final String CONNECTION = PACKAGE + "PooledConnection";

    @Override
    public boolean isBorrow(String className, String method) {
        return className.equals(PACKAGE + "ConnectionPool") && method.equals("borrowConnection");
    }

    @Override
    public HeapPool read(PoolObjects objects, List<Long> locals) throws Missing {
        long pool = PoolShape.local(objects, locals, PACKAGE + "ConnectionPool");
        long busy = objects.something(pool, "busy");
        long idle = objects.something(pool, "idle");
        long properties = objects.something(pool, "poolProperties");
        List<PooledObject> taken = new ArrayList<>();
        for (long connection : objects.elements(busy, CONNECTION)) {
            taken.add(new PooledObject(
                    connection, List.of(connection), objects.number(connection, "timestamp"), PooledObject.UNTOLD));
        }
        int total = taken.size() + objects.elements(idle, CONNECTION).size();
        return new HeapPool(
                pool,
                objects.path(properties, "name"),
                objects.number(properties, "maxActive"),
                total,
                taken,
                objects.flag(properties, "removeAbandoned"),
                Set.of(busy, idle));
    }
}
