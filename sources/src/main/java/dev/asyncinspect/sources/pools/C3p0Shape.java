package dev.asyncinspect.sources.pools;

import dev.asyncinspect.sources.pools.PoolObjects.Missing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** c3p0. */
final class C3p0Shape implements PoolShape {

    private static final String POOL = "com.mchange.v2.resourcepool.BasicResourcePool";
    private static final String CONNECTION = "com.mchange.v2.c3p0.impl.AbstractC3P0PooledConnection";
    private static final List<String> BOOKS =
            List.of("managed", "unused", "excluded", "formerResources", "idleCheckResources");

    @Override
    public boolean isBorrow(String className, String method) {
        return className.equals(POOL) && method.equals("awaitAvailable");
    }

    @Override
    public HeapPool read(PoolObjects objects, List<Long> locals) throws Missing {
        long pool = PoolShape.local(objects, locals, POOL);
        Set<Long> internals = new HashSet<>();
        for (String field : BOOKS) {
            internals.add(objects.path(pool, field));
        }
        internals.remove(0L);
        List<Long> all = objects.elements(objects.something(pool, "managed"), CONNECTION);
        List<PooledObject> taken = new ArrayList<>();
        List<Long> unused = objects.elements(objects.something(pool, "unused"), CONNECTION);
        for (long connection : all) {
            if (!unused.contains(connection)) {
                taken.add(PooledObject.of(connection));
            }
        }
        boolean takesBack = objects.number(pool, "destroy_unreturned_resc_time") > 0;
        return new HeapPool(
                pool,
                0,
                objects.number(pool, "max"),
                all.size(),
                taken,
                takesBack,
                internals,
                Set.of(objects.path(pool, "exampleResource")));
    }
}
