package dev.asyncinspect.examples.clinic;

import java.sql.SQLException;
import org.apache.commons.dbcp2.BasicDataSource;

/** The ticket office on commons-dbcp2. */
final class PoolExhaustedDbcp2 implements Fault {

    @Override
    public String name() {
        return "pool-exhausted-dbcp2";
    }

    @Override
    public String about() {
        return "a ticket office that has leaked all connections of its pool (commons-dbcp2)";
    }

    @Override
    public Size size() {
        return Size.of("connections in the pool", 2, 1, 100);
    }

    @Override
    public void start(Ward ward) throws SQLException, InterruptedException {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(TicketOffice.DATABASE);
        pool.setMaxTotal(ward.size());
        pool.setMaxWait(TicketOffice.PATIENCE);
        TicketOffice.open(ward, pool);
    }
}
