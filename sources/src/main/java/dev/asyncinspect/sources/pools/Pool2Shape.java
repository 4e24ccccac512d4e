package dev.asyncinspect.sources.pools;

import dev.asyncinspect.sources.pools.PoolObjects.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** commons-pool2, and so commons-dbcp2, Jedis, Lettuce's pools and all others that are built on its GenericObjectPool. */
final class Pool2Shape implements PoolShape {

    private static final String PACKAGE = "org.apache.commons.pool2.";
    private static final String POOL = PACKAGE + "impl.GenericObjectPool";
    private static final String ENTRY = PACKAGE + "impl.DefaultPooledObject";

    @Override
    public boolean isBorrow(String className, String method) {
        return className.equals(POOL) && method.equals("borrowObject");
    }

    @Override
    public HeapPool read(PoolObjects objects, List<Long> locals) throws Missing {
        long pool = PoolShape.local(objects, locals, POOL);
        long all = objects.something(pool, "allObjects");
        long idle = objects.something(pool, "idleObjects");
        long allocated = objects.constant(PACKAGE + "PooledObjectState", "ALLOCATED");
        List<Long> entries = objects.elements(all, ENTRY);
        List<PooledObject> taken = new ArrayList<>();
        for (long entry : entries) {
            if (objects.path(entry, "state") == allocated) {
                long object = objects.something(entry, "object");
                taken.add(new PooledObject(entry, List.of(object), PooledObject.UNTOLD, PooledObject.UNTOLD));
            }
        }
        long abandoned = objects.path(pool, "abandonedConfig");
        boolean takesBack = abandoned != 0
                && (objects.flag(abandoned, "removeAbandonedOnBorrow")
                        || objects.flag(abandoned, "removeAbandonedOnMaintenance"));
        return new HeapPool(
                pool, 0, objects.number(pool, "maxTotal"), entries.size(), taken, takesBack, Set.of(all, idle));
    }
}
